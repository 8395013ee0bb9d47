package dev.selfheal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.selfheal.testkit.EmbeddedReceiver;
import dev.selfheal.testkit.Notification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A thousand alerts from all over the fleet, and the kill switch. */
class KillSwitchStormTest {
  private static final int ALERTS = 1000;
  private static final int TARGETS = 50;

  /** So many are answered when the switch is thrown. */
  private static final int BEFORE = 200;

  /** At most a tenth of fifty. */
  private static final int SHARE = 5;

  @AutoClose
  private final EmbeddedReceiver receiver =
      new EmbeddedReceiver(
          EmbeddedReceiver.TOKENS
              + "policy: {fleet: {max_concurrent: 2, max_share: 0.1, per: 10m}}\ntargets:\n"
              + IntStream.range(0, TARGETS)
                  .mapToObj(KillSwitchStormTest::target)
                  .collect(Collectors.joining()));

  private final ExecutorService senders = Executors.newFixedThreadPool(4);

  private static String target(int number) {
    return """
      - {name: gpu-%1$d, match: {instance: "gpu-%1$d:9100"}, restart_command: [restart, "%1$d"]}
    """
        .formatted(number);
  }

  @AfterEach
  void end() {
    senders.shutdownNow();
  }

  @Test
  void itIsThrownInMidStormAndStopsAlsoWhatHasBegunAndNoAlertIsLost() throws Exception {
    receiver.restarter().holdBeforeTheLastWord();
    List<Future<Integer>> sent = send(ALERTS);
    assertAnswered(sent.subList(0, BEFORE));
    assertThat(sent.get(ALERTS - 1)).as("the storm goes on").isNotDone();
    assertTimeout(Duration.ofSeconds(30), () -> order("/api/v1/pause"));
    receiver.restarter().release();
    assertAnswered(sent);
    assertThat(receiver.metric("selfheal_open_incidents")).isEqualTo(TARGETS);
    assertThat(alertsOfAllIncidents()).isEqualTo(ALERTS);
    await().until(() -> held().equals(Map.of("paused", TARGETS)));
    receiver.clock().advance(Duration.ofMinutes(1));
    assertThat(receiver.restarter().restarted()).isEmpty();
    assertThat(outcomes()).as("what had begun").containsOnly("refused");

    order("/api/v1/resume");
    await().until(() -> receiver.restarter().restarted().size() >= SHARE);
    await().until(() -> held().getOrDefault("fleet_share", 0) == TARGETS - SHARE);
    assertThat(new HashSet<>(receiver.restarter().restarted())).hasSize(SHARE);
    assertThat(outcomes()).filteredOn("recovered"::equals).hasSize(SHARE);
  }

  @Test
  void whatIsOldByTheTimeItIsLiftedIsConfirmedAndNeverActedOnUnasked() throws Exception {
    order("/api/v1/pause");
    assertAnswered(send(TARGETS));
    await().until(() -> held().equals(Map.of("paused", TARGETS)));
    receiver.clock().advance(Duration.ofMinutes(11));
    order("/api/v1/resume");
    await().until(() -> held().equals(Map.of("unconfirmed", TARGETS)));
    assertThat(receiver.restarter().restarted()).isEmpty();
  }

  private List<Future<Integer>> send(int alerts) {
    List<Future<Integer>> sent = new ArrayList<>();
    for (int i = 0; i < alerts; i++) {
      String body = notification(i);
      sent.add(
          senders.submit(
              () -> receiver.alertmanager().body(body).post("/webhook/alertmanager").statusCode()));
    }
    return sent;
  }

  private static void assertAnswered(List<Future<Integer>> sent) throws Exception {
    for (Future<Integer> one : sent) {
      assertThat(one.get(60, TimeUnit.SECONDS)).isEqualTo(200);
    }
  }

  /** Each an alert of its own, such as one of each GPU. */
  private static String notification(int number) {
    Map<String, String> labels =
        Map.of("instance", "gpu-" + number % TARGETS + ":9100", "gpu", "" + number / TARGETS);
    return Notification.empty().alert(Notification.FIRING, labels).toString();
  }

  private void order(String path) {
    receiver.operator().post(path).then().statusCode(200);
  }

  private int alertsOfAllIncidents() {
    List<Integer> alerts =
        receiver
            .operator()
            .get("/api/v1/incidents?state=open&limit=1000")
            .path("incidents.alerts_total");
    return alerts.stream().mapToInt(Integer::intValue).sum();
  }

  /** How the attempts ended; null for one that has not. */
  private List<String> outcomes() {
    return receiver.operator().get("/api/v1/attempts?limit=1000").path("attempts.outcome");
  }

  /** How many targets are held for which reason. */
  private Map<String, Integer> held() {
    List<String> reasons =
        receiver.operator().get("/api/v1/targets?limit=1000").path("targets.held.reason");
    return reasons.stream()
        .filter(reason -> reason != null)
        .collect(Collectors.toMap(reason -> reason, reason -> 1, Integer::sum));
  }
}
