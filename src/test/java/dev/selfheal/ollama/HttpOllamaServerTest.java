package dev.selfheal.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.selfheal.ollama.ApiAnswer.Answering;
import dev.selfheal.ollama.ApiAnswer.Silent;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpOllamaServerTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch testEnds = new CountDownLatch(1);
  private final List<HttpServer> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    testEnds.countDown();
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }

  @Test
  void readsTheVersionOfOneThatAnswers() throws Exception {
    URI base = serve(exchange -> reply(exchange, 200, "{\"version\":\"0.5.1\"}"));
    assertThat(version(base, LONG)).isEqualTo(new Answering("0.5.1"));
  }

  @Test
  void asksNothingButTheVersion() throws Exception {
    AtomicReference<String> asked = new AtomicReference<>("");
    URI base =
        serve(
            exchange -> {
              asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI());
              reply(exchange, 200, "{\"version\":\"1\"}");
            });
    version(base, LONG);
    assertThat(asked).hasValue("GET /api/version");
  }

  @Test
  void asksOverIpv6() throws Exception {
    URI base = serve("::1", exchange -> reply(exchange, 200, "{\"version\":\"6\"}"));
    assertThat(version(base, LONG)).isEqualTo(new Answering("6"));
  }

  @Test
  void makesAStrangeVersionHarmless() throws Exception {
    String version = "1\\u001b[31m\\u00e4" + "x".repeat(1000);
    URI base = serve(exchange -> reply(exchange, 200, "{\"version\":\"" + version + "\"}"));
    assertThat(version(base, LONG)).isEqualTo(new Answering("1?[31m?" + "x".repeat(30) + "..."));
  }

  @ParameterizedTest
  @CsvSource({"500", "503", "404", "204"})
  void takesAnotherStatusForSilence(int status) throws Exception {
    URI base =
        serve(exchange -> reply(exchange, status, status == 204 ? "" : "{\"version\":\"1\"}"));
    assertThat(silence(base, LONG)).isEqualTo("status " + status + " instead of 200");
  }

  @Test
  void followsNoRedirect() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    URI base =
        serve(
            exchange -> {
              requests.incrementAndGet();
              exchange.getResponseHeaders().set("Location", "/elsewhere");
              reply(exchange, 302, "");
            });
    assertThat(silence(base, LONG)).isEqualTo("status 302 instead of 200");
    assertThat(requests).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ok",
        "<html>",
        "{\"version\":\"1\"",
        "{\"version\":\"1\"} {}",
        "[]",
        "null",
        "{}",
        "{\"version\":1}",
        "{\"version\":\"\"}",
        "{\"version\":null}",
        "\"version\"",
      })
  void takesAnotherAnswerForSilence(String body) throws Exception {
    URI base = serve(exchange -> reply(exchange, 200, body));
    assertThat(silence(base, LONG)).endsWith("this is no Ollama");
  }

  @Test
  void takesDeepNestingForSilence() throws Exception {
    URI base = serve(exchange -> reply(exchange, 200, "[".repeat(60_000)));
    assertThat(silence(base, LONG)).endsWith("this is no Ollama");
  }

  @Test
  void hangsUpOnAnAnswerWithoutEnd() throws Exception {
    CountDownLatch hungUp = new CountDownLatch(1);
    URI base =
        serve(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              try (OutputStream body = exchange.getResponseBody()) {
                while (testEnds.getCount() > 0) {
                  body.write(new byte[8192]);
                }
              } finally {
                hungUp.countDown();
              }
            });
    assertThat(silence(base, LONG)).isEqualTo("the answer is larger than 64 KiB");
    assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void reads64KibibytesAndNoMore() throws Exception {
    String head = "{\"version\":\"1\",\"x\":\"";
    String fits = head + "y".repeat((64 << 10) - head.length() - 2) + "\"}";
    AtomicInteger spaces = new AtomicInteger();
    URI base = serve(exchange -> reply(exchange, 200, fits + " ".repeat(spaces.get())));
    assertThat(version(base, LONG)).isEqualTo(new Answering("1"));
    spaces.set(1);
    assertThat(silence(base, LONG)).startsWith("the answer is larger than 64 KiB");
  }

  @Test
  void givesUpOnOneThatAcceptsAndSaysNothing() throws Exception {
    try (ServerSocket frozen = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI base = URI.create("http://127.0.0.1:" + frozen.getLocalPort());
      assertThat(silence(base, SHORT)).isEqualTo("no complete answer within 300 ms");
    }
  }

  @Test
  void givesUpOnABodyThatDrips() throws Exception {
    URI base =
        serve(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              OutputStream body = exchange.getResponseBody();
              for (int i = 0; i < 500 && !testEnds.await(20, TimeUnit.MILLISECONDS); i++) {
                body.write(' ');
                body.flush();
              }
            });
    assertThat(silence(base, SHORT)).isEqualTo("no complete answer within 300 ms");
  }

  @Test
  void isRefusedWhereNobodyListens() throws Exception {
    int port;
    try (ServerSocket closedSoon = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closedSoon.getLocalPort();
    }
    assertThat(silence(URI.create("http://127.0.0.1:" + port), LONG))
        .isEqualTo("connection refused, or no route to the host");
  }

  @Test
  void listsTheModelsInMemoryAndOnTheDiskButNoneThatAnotherServerComputes() throws Exception {
    URI base =
        serve(
            exchange ->
                reply(
                    exchange,
                    200,
                    exchange.getRequestURI().getPath().equals("/api/ps")
                        ? "{\"models\":[{\"name\":\"a\",\"size\":9,\"size_vram\":9}]}"
                        : "{\"models\":[{\"name\":\"b\",\"size\":4000000},"
                            + "{\"name\":\"far\",\"size\":384}]}"));
    HttpOllamaServer server = new HttpOllamaServer(base, System::nanoTime);
    assertThat(server.loaded(LONG).orElseThrow())
        .containsExactly(new PsModel("a", "", null, 9, 9, 0));
    assertThat(server.installed(LONG).orElseThrow()).extracting(PsModel::name).containsExactly("b");
  }

  @Test
  void saysOfNoModelWhetherItIsInMemoryIfTheServerDoesNotSay() throws Exception {
    URI base = serve(exchange -> reply(exchange, 500, "{}"));
    HttpOllamaServer server = new HttpOllamaServer(base, System::nanoTime);
    assertThat(server.loaded(LONG)).isEmpty();
    assertThat(server.installed(LONG)).contains(List.of());
    assertThat(server.installed(Duration.ZERO)).as("nobody answers").isEmpty();
  }

  @Test
  void doesNotAskWithoutTime() throws Exception {
    URI base = serve(exchange -> reply(exchange, 200, "{\"version\":\"1\"}"));
    assertThat(silence(base, Duration.ZERO)).isEqualTo("no time was left to ask");
  }

  @Test
  void asksAnewAfterTheServerWasReplaced() throws Exception {
    URI base = serve(exchange -> reply(exchange, 200, "{\"version\":\"1\"}"));
    assertThat(version(base, LONG)).isEqualTo(new Answering("1"));
    servers.get(0).stop(0);
    serve("127.0.0.1", base.getPort(), exchange -> reply(exchange, 200, "{\"version\":\"2\"}"));
    assertThat(version(base, LONG)).isEqualTo(new Answering("2"));
  }

  @Test
  void givesUpWhenItIsInterrupted() throws Exception {
    URI base = serve(exchange -> testEnds.await(20, TimeUnit.SECONDS));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> version(base, LONG)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void leavesNoThreadBehindOnceTheBurstIsOver() throws Exception {
    Set<Thread> before = httpThreads();
    URI base = serve(exchange -> reply(exchange, 200, "{\"version\":\"1\"}"));
    version(base, LONG);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(before).containsAll(httpThreads());
            });
  }

  private static Set<Thread> httpThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().endsWith("SelectorManager"))
        .collect(Collectors.toSet());
  }

  private String silence(URI base, Duration limit) throws InterruptedException {
    ApiAnswer answer = version(base, limit);
    assertThat(answer).isInstanceOf(Silent.class);
    return ((Silent) answer).why();
  }

  /** What a server does with a request. */
  private interface Reply {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private URI serve(Reply reply) throws IOException {
    return serve("127.0.0.1", reply);
  }

  private URI serve(String address, Reply reply) throws IOException {
    return serve(address, 0, reply);
  }

  private URI serve(String address, int port, Reply reply) throws IOException {
    HttpServer made = HttpServer.create(new InetSocketAddress(address, port), 0);
    made.setExecutor(threads);
    HttpHandler handler =
        exchange -> {
          try (exchange) {
            reply.to(exchange);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    made.createContext("/", handler);
    made.start();
    servers.add(made);
    String host = address.contains(":") ? "[" + address + "]" : address;
    return URI.create("http://" + host + ":" + made.getAddress().getPort());
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static ApiAnswer version(URI base, Duration limit) throws InterruptedException {
    return new HttpOllamaServer(base, System::nanoTime).version(limit);
  }
}
