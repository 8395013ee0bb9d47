package dev.selfheal.alertmanager;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.selfheal.alertmanager.ActiveAlerts.Known;
import dev.selfheal.alertmanager.ActiveAlerts.Unreachable;
import dev.selfheal.testkit.AlertmanagerProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertmanagerClientTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final ExecutorService handlers = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(handlers);
    server.createContext("/", AlertmanagerClientTest::statusOrNothing);
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
    handlers.shutdownNow();
  }

  @Test
  void knowsTheActiveAlertsWithConfiguredNames() {
    answer(
        200,
        alerts(
            alert("00000000000000aa", "OllamaFrozen", "\"state\":\"active\",\"silencedBy\":[]"),
            alert("00000000000000BB", "OllamaDown", "\"state\":\"active\",\"mutedBy\":null"),
            alert("00000000000000cc", "Watchdog", "\"state\":\"active\"")));
    assertThat(ask(LONG)).isEqualTo(known("00000000000000aa", "00000000000000bb"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"state\":\"suppressed\"",
        "\"state\":\"active\",\"silencedBy\":[\"7a7c\"],\"inhibitedBy\":[]",
        "\"state\":\"active\",\"inhibitedBy\":[\"00000000000000bb\"],\"silencedBy\":[]",
        "\"mutedBy\":[\"night\"],\"state\":\"active\"",
      })
  void tellsApartAnAlertThatIsKeptBack(String status) {
    answer(200, alerts(alert("00000000000000aa", "OllamaFrozen", status)));
    assertThat(ask(LONG)).isEqualTo(new Known(Set.of(), Set.of("00000000000000aa"), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unprocessed", "yet to be invented"})
  void saysThatAnAlertWhoseStateIsOpenLeavesAGap(String state) {
    answer(200, alerts(alert("00000000000000aa", "OllamaFrozen", "\"state\":\"" + state + '"')));
    assertThat(ask(LONG))
        .isEqualTo(gap("it has yet to decide whether an alert is active or suppressed"));
  }

  @Test
  void asksBelowThePathOfItsBase() {
    server.createContext("/deep/am/api/v2/alerts", exchange -> reply(exchange, 200, "[]"));
    assertThat(ask(base("/deep/am/"), LONG)).isEqualTo(known());
  }

  @Test
  void reachesAnIpv6Address() throws IOException {
    byte[] loopback = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    InetAddress address = InetAddress.getByAddress(loopback);
    HttpServer six = HttpServer.create(new InetSocketAddress(address, 0), 0);
    six.createContext("/", AlertmanagerClientTest::statusOrNothing);
    six.createContext("/api/v2/alerts", exchange -> reply(exchange, 200, "[]"));
    six.start();
    try {
      URI base = URI.create("http://[::1]:" + six.getAddress().getPort());
      assertThat(ask(base, LONG)).isEqualTo(known());
    } finally {
      six.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | []    | status 500",
        "404 | []    | status 404",
        "204 | ''    | status 204",
        "302 | []    | status 302, a redirect, which is not followed",
        "200 | <p>   | the answer is not that of an Alertmanager: Not valid JSON at line 1, column 1.",
        "200 | ''    | the answer is not that of an Alertmanager: The body: expected an array, found nothing.",
        "200 | {}    | the answer is not that of an Alertmanager: The body: expected an array, found an object.",
        "200 | [7]   | the answer is not that of an Alertmanager: [0]: expected an object, found a number.",
        "200 | [{}]  | the answer is not that of an Alertmanager: labels of an alert: expected an object of strings, found nothing.",
      })
  void saysWhyAnAnswerCannotBeUsed(int status, String body, String why) {
    answer(status, body);
    assertThat(ask(LONG)).isEqualTo(new Unreachable("Alertmanager at " + base("") + ": " + why));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "00000000000000bb | \"silencedBy\":[]",
        "00000000000000bb | \"state\":null",
        "../../etc/passwd | \"state\":\"active\"",
        "''               | \"state\":\"active\"",
      })
  void takesNoPartOfAnAnswerWithAnAlertItCannotJudge(String fingerprint, String status) {
    String good = alert("00000000000000aa", "OllamaFrozen", "\"state\":\"active\"");
    answer(200, alerts(good, alert(fingerprint, "OllamaFrozen", status)));
    assertThat(ask(LONG)).isInstanceOf(Unreachable.class);
  }

  @Test
  void doesNotFollowARedirect() {
    CountDownLatch followed = new CountDownLatch(1);
    server.createContext("/elsewhere", exchange -> followed.countDown());
    server.createContext(
        "/api/v2/alerts",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          reply(exchange, 307, "");
        });
    assertThat(ask(LONG)).isInstanceOf(Unreachable.class);
    assertThat(followed.getCount()).isEqualTo(1);
  }

  @Test
  void isUnreachableWhenNobodyListens() {
    URI nobody = URI.create("http://" + AlertmanagerProcess.freeAddress());
    assertThat(ask(nobody, LONG))
        .isEqualTo(
            new Unreachable(
                "Alertmanager at " + nobody + ": connection refused, or no route to the host"));
  }

  @Test
  void isUnreachableWhenTheHostHasNoAddress() {
    assertThat(ask(URI.create("http://alertmanager.invalid:9093"), LONG))
        .isEqualTo(
            new Unreachable(
                "Alertmanager at http://alertmanager.invalid:9093:"
                    + " the host name cannot be resolved"));
  }

  @Test
  void isUnreachableWhenTheOtherSideHangsUp() {
    server.createContext("/api/v2/alerts", HttpExchange::close);
    assertThat(ask(LONG))
        .isInstanceOfSatisfying(
            Unreachable.class, no -> assertThat(no.why()).contains("connection failed: "));
  }

  @Test
  void givesUpWhenNoAnswerBegins() {
    CountDownLatch end = new CountDownLatch(1);
    server.createContext("/api/v2/alerts", exchange -> await(end));
    assertLate();
    end.countDown();
  }

  @Test
  void givesUpOnABodyThatDripsForEverAndHangsUp() {
    CountDownLatch hungUp = new CountDownLatch(1);
    server.createContext("/api/v2/alerts", exchange -> drip(exchange, hungUp));
    assertLate();
    assertTimeoutPreemptively(LONG, () -> hungUp.await());
  }

  @Test
  void readsABodyOf16MiBButNotOneByteMore() {
    String largest = "[" + " ".repeat((16 << 20) - 2) + "]";
    server.createContext("/exact/api/v2/alerts", exchange -> reply(exchange, 200, largest));
    server.createContext("/more/api/v2/alerts", exchange -> reply(exchange, 200, largest + " "));
    assertThat(ask(base("/exact"), LONG)).isEqualTo(known());
    assertThat(ask(base("/more"), LONG)).isInstanceOf(Unreachable.class);
  }

  @Test
  void refusesABodyOfMoreThan16MiBWithoutReadingItAll() {
    CountDownLatch hungUp = new CountDownLatch(1);
    server.createContext("/api/v2/alerts", exchange -> flood(exchange, hungUp));
    assertThat(ask(LONG))
        .isEqualTo(
            new Unreachable("Alertmanager at " + base("") + ": the answer is larger than 16 MiB"));
    assertTimeoutPreemptively(LONG, () -> hungUp.await());
  }

  @Test
  void endsItsWaitWhenInterruptedAndKeepsTheInterrupt() {
    answer(200, "[]");
    Thread.currentThread().interrupt();
    ActiveAlerts alerts = ask(LONG);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(alerts).isInstanceOf(Unreachable.class);
  }

  @Test
  void isUnreachableOnceClosed() {
    answer(200, "[]");
    AlertmanagerClient client = new AlertmanagerClient(base(""), LONG, List.of("OllamaFrozen"));
    assertThat(client.activeAlerts()).isInstanceOf(Known.class);
    client.close();
    assertTimeout(
        Duration.ofSeconds(5),
        () ->
            assertThat(client.activeAlerts())
                .isEqualTo(
                    new Unreachable("Alertmanager at " + base("") + ": the client is closed")));
  }

  @Test
  void endsAQuestionUnderWayWhenClosed() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    server.createContext(
        "/api/v2/alerts",
        exchange -> {
          asked.countDown();
          await(end);
        });
    Duration limit = Duration.ofSeconds(2);
    AlertmanagerClient client = new AlertmanagerClient(base(""), limit, List.of("OllamaFrozen"));
    Future<ActiveAlerts> answer = handlers.submit(client::activeAlerts);
    asked.await();
    client.close();
    assertThat(answer.get(10, TimeUnit.SECONDS)).isInstanceOf(Unreachable.class);
    end.countDown();
  }

  private void assertLate() {
    assertTimeout(
        Duration.ofSeconds(10),
        () ->
            assertThat(ask(SHORT))
                .isEqualTo(
                    new Unreachable(
                        "Alertmanager at " + base("") + ": no complete answer within 300 ms")));
  }

  private ActiveAlerts ask(Duration limit) {
    return ask(base(""), limit);
  }

  private static ActiveAlerts ask(URI base, Duration limit) {
    List<String> names = List.of("OllamaFrozen", "OllamaDown");
    try (AlertmanagerClient client = new AlertmanagerClient(base, limit, names)) {
      return client.activeAlerts();
    }
  }

  private URI base(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void answer(int status, String body) {
    HttpHandler handler = exchange -> reply(exchange, status, body);
    server.createContext("/api/v2/alerts", handler);
  }

  /** The status of an Alertmanager that has run for years, below any base. */
  private static void statusOrNothing(HttpExchange exchange) throws IOException {
    boolean status = exchange.getRequestURI().getPath().endsWith("/api/v2/status");
    reply(exchange, status ? 200 : 404, status ? "{\"uptime\":\"2020-01-01T00:00:00Z\"}" : "");
  }

  private static Known known(String... active) {
    return new Known(Set.of(active), Set.of(), null);
  }

  private Known gap(String why) {
    return new Known(Set.of(), Set.of(), "Alertmanager at " + base("") + ": " + why);
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void drip(HttpExchange exchange, CountDownLatch hungUp) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    CountDownLatch never = new CountDownLatch(1);
    try (OutputStream out = exchange.getResponseBody()) {
      do {
        out.write(' ');
        out.flush();
      } while (!never.await(20, TimeUnit.MILLISECONDS));
    } catch (IOException | InterruptedException gone) {
      hungUp.countDown();
    }
  }

  private static void flood(HttpExchange exchange, CountDownLatch hungUp) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] spaces = " ".repeat(1 << 16).getBytes(UTF_8);
    OutputStream out = exchange.getResponseBody();
    try {
      for (; ; ) {
        out.write(spaces);
      }
    } catch (IOException gone) {
      hungUp.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String alerts(String... alerts) {
    return "[" + String.join(",", alerts) + "]";
  }

  private static String alert(String fingerprint, String alertname, String status) {
    return """
        {"annotations":{},"endsAt":"2026-11-02T14:10:00Z","receivers":[{"name":"selfheal"}],\
        "fingerprint":"%s","labels":{"alertname":"%s"},"status":{%s}}"""
        .formatted(fingerprint, alertname, status);
  }
}
