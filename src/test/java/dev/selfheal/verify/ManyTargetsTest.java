package dev.selfheal.verify;

import static dev.selfheal.verify.HostJudgementTest.assertJudged;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.Deployment.Receiver;
import dev.selfheal.verify.Deployment.Secrecy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked where there are more targets than a list holds. */
class ManyTargetsTest {
  private static final Secrecy OPEN = new Secrecy(null, "", null);

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private URI base;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String address = exchange.getRequestURI().toString();
    asked.add(address);
    byte[] body = body(address).getBytes(UTF_8);
    exchange.sendResponseHeaders(address.endsWith("target=lost") ? 404 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String body(String address) {
    if (address.startsWith("/api/v1/targets")) {
      return "{\"targets\": [%s]}"
          .formatted(
              names(1000).stream()
                  .map("{\"name\": \"%s\"}"::formatted)
                  .collect(Collectors.joining(",")));
    }
    return "{\"status\": \"success\", \"data\": {\"yaml\": \"\", \"result\": []}}";
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "gpu-" + i).toList();
  }

  private CheckResult managed(List<String> names) throws InterruptedException {
    ReceiverApi api = new ReceiverApi(new Receiver(base, OPEN, OPEN, null), new Web(null));
    Account account = new Account(new FakeSystemd(), "selfheal");
    return new ReceiverCheck(api, names, account).run();
  }

  @Test
  void whatTheListHasNoPlaceForIsAskedForByName() throws InterruptedException {
    assertJudged(managed(names(1002)), "ok", "");
    assertThat(asked)
        .contains("/api/v1/targets?limit=1&target=gpu-1000")
        .doesNotContain("/api/v1/targets?limit=1&target=gpu-999");
  }

  @Test
  void whatTheReceiverDoesNotKnowByNameEitherIsMissing() throws InterruptedException {
    List<String> names = new ArrayList<>(names(1001));
    names.add("lost");
    CheckResult result = managed(names);
    assertJudged(result, "failed", "systemctl reload");
    assertThat(result.seen()).contains("does not manage lost:");
  }

  @Test
  void prometheusIsAskedOnceForAllTargets() throws NoAnswerException, InterruptedException {
    PrometheusApi api = new PrometheusApi(base, new Web(null));
    Scrapes scrapes = new Scrapes();
    for (int i = 0; i < 10; i++) {
      assertThat(scrapes.in(api).ups()).isEmpty();
    }
    assertThat(asked).hasSize(3);
  }
}
