package dev.selfheal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.selfheal.testkit.EmbeddedReceiver;
import dev.selfheal.testkit.Notification;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PauseRoutesTest {

  private static final String ALL = "/api/v1/pause";
  private static final String ONE = "/api/v1/targets/gpu-01/pause";

  @AutoClose private final EmbeddedReceiver receiver = EmbeddedReceiver.withTokens();

  @Test
  void aPausedTargetIsLeftAloneUntilItIsResumed() {
    order(ONE, "{\"for\":\"2h\",\"reason\":\"maintenance\"}")
        .statusCode(200)
        .body("paused", equalTo(true))
        .body("until", equalTo("2026-11-22T12:00:00Z"));
    receiver
        .operator()
        .get("/api/v1/targets?target=gpu-01")
        .then()
        .body("targets[0].paused.reason", equalTo("maintenance"))
        .body("targets[0].paused.until", equalTo("2026-11-22T12:00:00Z"));
    deliver("gpu-01");
    await().until(() -> "paused".equals(heldBy("gpu-01")));
    assertThat(receiver.restarter().restarted()).isEmpty();
    order("/api/v1/targets/gpu-01/resume", "").statusCode(200).body("paused", equalTo(false));
    await().until(() -> receiver.restarter().restarted().equals(List.of("gpu-01")));
  }

  @Test
  void thePauseOfOneTargetLeavesTheOthersToTheReceiver() {
    order(ONE, "");
    deliver("gpu-02");
    await().until(() -> receiver.restarter().restarted().equals(List.of("gpu-02")));
    assertThat(receiver.metric("selfheal_target_paused{target=\"gpu-01\",}")).isEqualTo(1);
    assertThat(receiver.metric("selfheal_target_paused{target=\"gpu-02\",}")).isZero();
  }

  @Test
  void thePauseOfAllTargetsStopsAllUntilAllAreResumed() {
    order(ALL, "").statusCode(200).body("paused", equalTo(true)).body("until", nullValue());
    deliver("gpu-02");
    await().until(() -> "paused".equals(heldBy("gpu-02")));
    order("/api/v1/resume", "{}").statusCode(200).body("until", nullValue());
    await().until(() -> receiver.restarter().restarted().equals(List.of("gpu-02")));
  }

  @Test
  void whoResumesOneTargetUnderAPauseOfAllIsToldWhatStillHolds() {
    order(ONE, "{\"for\":\"5h\"}");
    order(ALL, "{\"for\":\"2h\"}");
    order("/api/v1/targets/gpu-01/resume", "")
        .statusCode(200)
        .body("paused", equalTo(true))
        .body("until", equalTo("2026-11-22T12:00:00Z"));
    order("/api/v1/targets/gpu-02/resume", "").body("paused", equalTo(true));
    order("/api/v1/resume", "").body("paused", equalTo(false));
    order("/api/v1/targets/gpu-01/resume", "")
        .body("paused", equalTo(false))
        .body("until", nullValue());
  }

  @Test
  void aPauseOfAllThatHasEndedHoldsNothing() {
    order(ALL, "{\"for\":\"2h\"}");
    receiver.clock().advance(Duration.ofHours(2));
    order("/api/v1/targets/gpu-01/resume", "").body("paused", equalTo(false));
  }

  private ValidatableResponse order(String path, String body) {
    return receiver.operator().body(body).post(path).then();
  }

  private void deliver(String target) {
    receiver
        .alertmanager()
        .body(Notification.of(target).toString())
        .post("/webhook/alertmanager")
        .then()
        .statusCode(200);
  }

  private String heldBy(String target) {
    return receiver
        .operator()
        .get("/api/v1/targets?target=" + target)
        .path("targets[0].held.reason");
  }
}
