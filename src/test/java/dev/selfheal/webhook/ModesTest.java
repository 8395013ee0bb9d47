package dev.selfheal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.selfheal.testkit.EmbeddedReceiver;
import dev.selfheal.testkit.Notification;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What modes and quiet hours look like to operators. It is 10:00 UTC. */
class ModesTest {
  private static final String TARGETS =
      """
      policy: {fleet: {max_concurrent: 3, max_share: 1, per: 10m}}
      targets:
        - {name: gpu-01, match: {instance: "gpu-01:9100"}, restart_command: [restart, one]}
        - {name: gpu-02, match: {instance: "gpu-02:9100"}, restart_command: [restart, two], mode: observe}
        - name: gpu-03
          match: {instance: "gpu-03:9100"}
          restart_command: [restart, three]
          mode: act
          not_during: ["Sun 08:00-11:00 UTC", "11:00-12:30 UTC"]
      """;
  private static final String APPROVE = EmbeddedReceiver.TOKENS + "mode: approve\n" + TARGETS;

  @AutoClose private final EmbeddedReceiver receiver = new EmbeddedReceiver(APPROVE);

  private void deliver(String target) {
    receiver
        .alertmanager()
        .body(Notification.of(target).toString())
        .post("/webhook/alertmanager")
        .then()
        .statusCode(200);
  }

  private ValidatableResponse target(String name) {
    return receiver.operator().get("/api/v1/targets?target=" + name).then();
  }

  private ValidatableResponse approve(String id) {
    return receiver.operator().post("/api/v1/attempts/" + id + "/approve").then();
  }

  private ValidatableResponse ask(String body) {
    return receiver.operator().body(body).post("/api/v1/remediations").then();
  }

  private void awaitHeld(String target, String reason) {
    await().untilAsserted(() -> target(target).body("targets[0].held.reason", equalTo(reason)));
  }

  @Test
  void anAttemptWaitsInSightOfEverybodyUntilItIsApproved() {
    deliver("gpu-01");
    awaitHeld("gpu-01", "awaiting_approval");
    target("gpu-01")
        .body("targets[0].mode", equalTo("approve"))
        .body("targets[0].approval.attempt", equalTo(1))
        .body("targets[0].approval.expires", equalTo("2026-11-22T10:30:00Z"))
        .body("targets[0].incident.escalation.reason", equalTo("awaiting_approval"));
    assertThat(receiver.metric("selfheal_approvals_waiting{target=\"gpu-01\",}")).isEqualTo(1);
    assertThat(receiver.restarter().restarted()).isEmpty();
    approve("1")
        .statusCode(202)
        .body("attempt", equalTo(1))
        .body("target", equalTo("gpu-01"))
        .body("state", equalTo("started"));
    await().until(() -> receiver.restarter().restarted().equals(List.of("gpu-01")));
    await()
        .untilAsserted(
            () -> target("gpu-01").body("targets[0].last_attempt.outcome", equalTo("recovered")));
    target("gpu-01")
        .body("targets[0].approval", nullValue())
        .body("targets[0].incident.escalation", nullValue());
    assertThat(receiver.metric("selfheal_approvals_waiting{target=\"gpu-01\",}")).isZero();
    approve("1").statusCode(409).body("error", containsString("it ended as recovered"));
  }

  @Test
  void onlyAnOperatorApproves() {
    deliver("gpu-01");
    awaitHeld("gpu-01", "awaiting_approval");
    String path = "/api/v1/attempts/1/approve";
    receiver.alertmanager().post(path).then().statusCode(403);
    receiver.anonymous().contentType("application/json").post(path).then().statusCode(401);
    receiver.operator().body("{\"for\":\"2h\"}").post(path).then().statusCode(400);
    receiver.bearing(EmbeddedReceiver.OPERATOR_TOKEN).get(path).then().statusCode(405);
    assertThat(receiver.restarter().restarted()).isEmpty();
  }

  @Test
  void whatIsNotThereCannotBeApproved() {
    for (String id : List.of("1", "0", "-1", "x", "99999999999999999999")) {
      approve(id).statusCode(404).body("error", containsString("no attempt has this number"));
    }
  }

  @Test
  void aPauseHoldsAnApprovalWithItsReason() {
    deliver("gpu-01");
    awaitHeld("gpu-01", "awaiting_approval");
    receiver.operator().body("{\"for\":\"2h\"}").post("/api/v1/pause").then().statusCode(200);
    approve("1")
        .statusCode(409)
        .body("reason", equalTo("paused"))
        .body("until", equalTo("2026-11-22T12:00:00Z"));
    receiver
        .operator()
        .get("/api/v1/targets")
        .then()
        .body("paused.until", equalTo("2026-11-22T12:00:00Z"));
  }

  @Test
  void whatNobodyApprovesExpires() {
    deliver("gpu-01");
    awaitHeld("gpu-01", "awaiting_approval");
    receiver.clock().advance(Duration.ofMinutes(30));
    approve("1").statusCode(409).body("reason", equalTo("approval_expired"));
    assertThat(receiver.restarter().restarted()).isEmpty();
  }

  @Test
  void whileObservingAWishIsRecordedAndCounted() {
    deliver("gpu-02");
    awaitHeld("gpu-02", "cooldown");
    target("gpu-02")
        .body("targets[0].mode", equalTo("observe"))
        .body("targets[0].last_attempt.outcome", equalTo("observed"));
    assertThat(
            receiver.metric(
                "ollama_selfheal_restarts_total{target=\"gpu-02\",outcome=\"observed\",}"))
        .isEqualTo(1);
    ask("{\"target\":\"gpu-02\",\"dry_run\":true}").body("mode", equalTo("observe"));
    assertThat(receiver.restarter().restarted()).isEmpty();
  }

  @Test
  void aRequestWaitsOrIsOnlyRecordedAsTheModeSays() {
    ask("{\"target\":\"gpu-01\"}").statusCode(202).body("state", equalTo("awaiting_approval"));
    ask("{\"target\":\"gpu-01\"}").statusCode(409).body("reason", equalTo("awaiting_approval"));
    ask("{\"target\":\"gpu-02\"}")
        .statusCode(409)
        .body("reason", equalTo("would_restart"))
        .body("attempt", equalTo(2));
    assertThat(receiver.restarter().restarted()).isEmpty();
  }

  @Test
  void quietHoursShowWhenTheyReallyEndAndHoldWhoeverAsks() {
    target("gpu-03").body("targets[0].quiet.until", equalTo("2026-11-22T12:30:00Z"));
    assertThat(receiver.metric("selfheal_target_quiet{target=\"gpu-03\",}")).isEqualTo(1);
    assertThat(receiver.metric("selfheal_target_quiet{target=\"gpu-01\",}")).isZero();
    deliver("gpu-03");
    awaitHeld("gpu-03", "quiet_hours");
    ask("{\"target\":\"gpu-03\"}")
        .statusCode(409)
        .body("reason", equalTo("quiet_hours"))
        .body("until", equalTo("2026-11-22T12:30:00Z"));
    assertThat(receiver.restarter().restarted()).isEmpty();
  }

  @Test
  void aReloadChangesModeAndQuietHoursAtOnce() {
    deliver("gpu-01");
    awaitHeld("gpu-01", "awaiting_approval");
    deliver("gpu-03");
    awaitHeld("gpu-03", "quiet_hours");
    receiver.configure(
        APPROVE.replace("mode: approve", "mode: observe").replaceAll(" +not_during.*\\n", ""));
    receiver.operator().post("/-/reload").then().statusCode(200);
    await().until(() -> receiver.restarter().restarted().equals(List.of("gpu-03")));
    await()
        .untilAsserted(
            () -> target("gpu-01").body("targets[0].last_attempt.outcome", equalTo("observed")));
    target("gpu-01").body("targets[0].approval", nullValue());
    target("gpu-03").body("targets[0].quiet", nullValue());
    approve("1").statusCode(409).body("reason", equalTo("mode_changed"));
  }

  @Test
  void eachModeIsASeriesOfItsOwn() {
    for (String mode : List.of("act", "observe", "approve")) {
      String series = "selfheal_target_mode{target=\"gpu-02\",mode=\"" + mode + "\",}";
      assertThat(receiver.metric(series)).isEqualTo(mode.equals("observe") ? 1 : 0);
    }
    receiver.operator().get("/api/v1/attempts").then().body("attempts", empty());
  }
}
