package dev.selfheal.exporter.direct;

import static dev.selfheal.testkit.EmbeddedReceiver.TARGETS;
import static dev.selfheal.testkit.EmbeddedReceiver.TOKENS;
import static dev.selfheal.testkit.EmbeddedReceiver.WEBHOOK_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.exporter.sample.Gpus;
import dev.selfheal.testkit.EmbeddedReceiver;
import dev.selfheal.testkit.Notification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The direct path to a real receiver over real HTTP. */
@Timeout(60)
class DirectPathTest {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicReference<String> token = new AtomicReference<>(WEBHOOK_TOKEN);
  private final EmbeddedReceiver receiver = new EmbeddedReceiver(TOKENS + TARGETS);

  @BeforeEach
  void hold() {
    receiver.restarter().hold();
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
    threads.shutdownNow();
    receiver.restarter().release();
    receiver.close();
  }

  @Test
  void aFreezeOpensAnIncidentOfTheDirectSourceAndIsRestarted() {
    DirectPath path = path("gpu-01", Duration.ofMinutes(1));
    frozen(path, 46);
    await().until(() -> receiver.restarter().restarted(), List.of("gpu-01")::equals);
    assertThat(receiver.operator().get("/api/v1/incidents").asString())
        .contains("\"direct\"", "e914a7f4a1de66cb", "2026-11-22T10:00:45Z");
    await().until(() -> path.deliveries().get("delivered"), Long.valueOf(1)::equals);
  }

  @Test
  void bothPathsAtOnceMeanOneRestart() {
    DirectPath path = path("gpu-01", Duration.ofMinutes(1));
    String alert = Notification.of("gpu-01").toString();
    receiver.alertmanager().body(alert).post("/webhook/alertmanager").then().statusCode(200);
    frozen(path, 46);
    await().until(() -> path.deliveries().get("delivered"), Long.valueOf(1)::equals);
    receiver.restarter().release();
    await().until(() -> incidents("open").contains("decaying"));
    receiver.clock().advance(Duration.ofSeconds(61));
    receiver.operator().body("{}").post("/api/v1/targets/gpu-01/resume").then().statusCode(200);
    assertThat(incidents("open")).contains("\"direct\"", "\"alertmanager\"");
    assertThat(receiver.restarter().restarted()).containsExactly("gpu-01");
  }

  @Test
  void theEndOfTheFreezeClosesTheIncident() {
    receiver.restarter().release();
    DirectPath path = path("gpu-01", Duration.ofMinutes(1));
    frozen(path, 46);
    await().until(() -> incidents("open").contains("decaying"));
    path.judged(Rounds.sample(new Gpus.None()), Rounds.healthy(), Rounds.START.plusSeconds(60));
    await().until(() -> !incidents("open").contains("gpu-01"));
    assertThat(incidents("all")).contains("recovered");
  }

  @Test
  void repeatsWhileItLastsAndFallsSilentWithoutAClaimWhenItCannotBeJudged() {
    DirectPath path = path("gpu-01", Duration.ofMillis(50));
    frozen(path, 46);
    await().until(() -> path.deliveries().getOrDefault("delivered", 0L) >= 5);
    path.blind(Rounds.START.plusSeconds(50));
    await().until(() -> quietFor(path, Duration.ofMillis(300)));
    assertThat(incidents("open")).contains("gpu-01");
  }

  @Test
  void anExporterThatDiedWithdrawsItsAlertAndNothingIsRestarted() {
    receiver.operator().body("{}").post("/api/v1/targets/gpu-01/pause").then().statusCode(200);
    DirectPath path = path("gpu-01", Duration.ofMinutes(1));
    frozen(path, 46);
    await().until(() -> incidents("open").contains("gpu-01"));
    timer.shutdownNow();
    receiver.clock().advance(Duration.ofMinutes(3));
    receiver.operator().body("{}").post("/api/v1/targets/gpu-01/resume").then().statusCode(200);
    await().until(() -> incidents("all").contains("expired"));
    assertThat(receiver.restarter().restarted()).isEmpty();
  }

  @Test
  void anAlertThatMatchesNoTargetIsCountedAsIgnoredAndNotHammered() {
    DirectPath path = path("nowhere", Duration.ofMinutes(1));
    frozen(path, 46);
    await().until(() -> path.deliveries().get("ignored"), Long.valueOf(1)::equals);
    assertThat(path.deliveries()).containsEntry("delivered", 0L).containsEntry("failed", 0L);
  }

  @Test
  void aWrongTokenIsReadAnewAndSentAgainUntilItIsTaken() {
    token.set("not-the-token");
    DirectPath path = path("gpu-01", Duration.ofMillis(100));
    frozen(path, 46);
    await().until(() -> path.deliveries().getOrDefault("failed", 0L) >= 2);
    token.set(WEBHOOK_TOKEN);
    await().until(() -> receiver.restarter().restarted(), List.of("gpu-01")::equals);
  }

  @Test
  void aReceiverThatNeverAnswersHoldsUpNoRound() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/x");
      DirectPath path = path(url, "gpu-01", Duration.ofMinutes(1));
      long began = System.nanoTime();
      for (int i = 46; i < 1046; i++) {
        frozen(path, i);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    }
  }

  /** Six repeats would have come in that time. */
  private static boolean quietFor(DirectPath path, Duration time) {
    Map<String, Long> before = path.deliveries();
    await().pollDelay(time).until(() -> true);
    return path.deliveries().equals(before);
  }

  private void frozen(DirectPath path, int second) {
    path.judged(
        Rounds.sample(new Gpus.None()),
        Rounds.stalled(second, 45, Duration.ZERO),
        Rounds.START.plusSeconds(second));
  }

  private String incidents(String state) {
    return receiver.operator().get("/api/v1/incidents?state=" + state).asString();
  }

  private DirectPath path(String target, Duration repeat) {
    URI url = URI.create("http://127.0.0.1:" + receiver.port() + "/webhook/alertmanager");
    return path(url, target, repeat);
  }

  private DirectPath path(URI url, String target, Duration repeat) {
    Webhook webhook =
        new Webhook(
            url, () -> String.valueOf(token.get()), repeat, Map.of("instance", target + ":9100"));
    return new DirectPath(webhook, new DirectPath.Time(timer, System::nanoTime), threads);
  }
}
