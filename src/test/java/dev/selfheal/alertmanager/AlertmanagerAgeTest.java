package dev.selfheal.alertmanager;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.selfheal.alertmanager.ActiveAlerts.Known;
import dev.selfheal.alertmanager.ActiveAlerts.Unreachable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an alert's absence is worth, by the age of the Alertmanager that does not know it. */
@Timeout(20)
class AlertmanagerAgeTest {
  private static final String ACTIVE = "00000000000000aa";
  private static final String SILENCED = "00000000000000bb";
  private static final String ABSENT = "00000000000000cc";
  private static final String ALERTS =
      """
      [{"fingerprint":"00000000000000aa","labels":{"alertname":"OllamaFrozen"},
        "status":{"state":"active","silencedBy":[],"inhibitedBy":[]}},
       {"fingerprint":"00000000000000bb","labels":{"alertname":"OllamaFrozen"},
        "status":{"state":"suppressed","silencedBy":["7a7c"],"inhibitedBy":[]}}]""";

  private final ExecutorService handlers = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(handlers);
    answer("/api/v2/alerts", 200, ALERTS);
    server.start();
  }

  @AfterEach
  void stopServer() {
    end.countDown();
    server.stop(0);
    handlers.shutdownNow();
  }

  @Test
  void takesAnAlertmanagerThatHasRunFor5MinutesToKnowAllAlerts() {
    startedAgo(Duration.ofMinutes(5));
    assertThat(ask()).isEqualTo(new Known(Set.of(ACTIVE), Set.of(SILENCED), null));
    assertThat(ask().isOver(ABSENT)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT4M", "PT-1H"})
  void readsNothingIntoTheAbsenceOfAnAlertFromAnAlertmanagerThatHasJustStarted(Duration ago) {
    startedAgo(ago);
    Known known = ask();
    assertThat(known.isOver(ABSENT)).isFalse();
    assertThat(known.isActive(ABSENT)).isFalse();
    assertThat(known.gap())
        .contains(here("started less than 5 minutes ago, so it may not know all alerts again yet"));
  }

  @Test
  void believesAYoungAlertmanagerWhatItDoesKnow() {
    startedAgo(Duration.ZERO);
    Known known = ask();
    assertThat(known.isActive(ACTIVE)).isTrue();
    assertThat(known.isOver(ACTIVE)).isFalse();
    assertThat(known.isActive(SILENCED)).isFalse();
    assertThat(known.isOver(SILENCED)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | {}              | status 404",
        "302 | {}              | status 302, a redirect, which is not followed",
        "200 | <p>             | Not valid JSON at line 1, column 1.",
        "200 | []              | The body: expected an object, found an array.",
        "200 | {}              | uptime: expected an RFC 3339 time, found none.",
        "200 | {'uptime':null} | uptime: expected an RFC 3339 time, found none.",
        "200 | {'uptime':'1h'} | uptime: expected an RFC 3339 time, found none.",
        "200 | {'uptime':7}    | uptime: expected a string, found a number.",
      },
      quoteCharacter = '`')
  void readsNothingIntoAbsenceWhenNobodyKnowsSinceWhenItRuns(int status, String body, String why) {
    answer("/api/v2/status", status, body.replace('\'', '"'));
    Known known = ask();
    assertThat(known.isOver(ABSENT)).isFalse();
    assertThat(known.isActive(ACTIVE)).isTrue();
    assertThat(known.gap())
        .contains(here("nobody knows when it started, its status cannot be read: " + why));
  }

  @Test
  void waitsForTheStatusNoLongerThanForTheAlerts() {
    server.createContext("/api/v2/status", exchange -> await(end));
    assertThat(((Known) ask(Duration.ofMillis(300))).gap())
        .contains(
            here(
                "nobody knows when it started, its status cannot be read:"
                    + " no complete answer within 300 ms"));
  }

  /** Asked the other way round, one that starts in between would pass for old and know nothing. */
  @Test
  void asksForItsAgeAfterTheAlerts() {
    startedAgo(Duration.ofHours(1));
    server.removeContext("/api/v2/alerts");
    server.createContext(
        "/api/v2/alerts",
        exchange -> {
          server.removeContext("/api/v2/status");
          startedAgo(Duration.ZERO);
          reply(exchange, 200, "[]");
        });
    assertThat(ask().isOver(ABSENT)).isFalse();
  }

  @Test
  void isUnreachableWithoutTheAlertsHoweverOldItIs() {
    startedAgo(Duration.ofHours(1));
    server.removeContext("/api/v2/alerts");
    assertThat(ask(Duration.ofSeconds(10))).isEqualTo(new Unreachable(here("status 404")));
  }

  private void startedAgo(Duration ago) {
    // To the second, as the Date header is.
    Instant start = Clock.systemUTC().instant().truncatedTo(SECONDS).minus(ago);
    answer("/api/v2/status", 200, "{\"config\":{\"original\":\"\"},\"uptime\":\"" + start + "\"}");
  }

  private Known ask() {
    return (Known) ask(Duration.ofSeconds(10));
  }

  private ActiveAlerts ask(Duration limit) {
    try (AlertmanagerClient client =
        new AlertmanagerClient(base(), limit, List.of("OllamaFrozen"))) {
      return client.activeAlerts();
    }
  }

  private URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private String here(String what) {
    return "Alertmanager at " + base() + ": " + what;
  }

  private void answer(String path, int status, String body) {
    server.createContext(path, exchange -> reply(exchange, status, body));
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
