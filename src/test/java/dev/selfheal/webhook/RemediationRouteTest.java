package dev.selfheal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.nullValue;

import dev.selfheal.testkit.EmbeddedReceiver;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RemediationRouteTest {

  private static final String ATTEMPTS = "/api/v1/attempts";

  @AutoClose private final EmbeddedReceiver receiver = EmbeddedReceiver.withTokens();

  @Test
  void isAcceptedWithTheNumberOfItsAttempt() {
    int attempt =
        ask("{\"target\":\"gpu-01\",\"reason\":\"it hangs\"}")
            .statusCode(202)
            .body("target", equalTo("gpu-01"))
            .body("incident", greaterThan(0))
            .extract()
            .path("attempt");
    await().until(() -> receiver.restarter().restarted().equals(List.of("gpu-01")));
    receiver
        .operator()
        .get(ATTEMPTS)
        .then()
        .body("attempts[0].id", equalTo(attempt))
        .body("attempts[0].note", equalTo("it hangs"));
  }

  @Test
  void aRehearsalTellsTheDecisionAndWritesNothing() {
    ask("{\"target\":\"gpu-01\",\"reason\":\"what if\",\"dry_run\":true}")
        .statusCode(200)
        .body("target", equalTo("gpu-01"))
        .body("decision", equalTo("restart"))
        .body("reason", equalTo("requested"))
        .body("until", nullValue());
    receiver.operator().get(ATTEMPTS).then().body("attempts", empty());
    receiver.operator().get("/api/v1/incidents").then().body("incidents", empty());
    assertThat(receiver.restarter().restarted()).isEmpty();
  }

  @Test
  void aRehearsalDuringAPauseTellsThatItIsHeldAndUntilWhen() {
    receiver.operator().body("{\"for\":\"2h\"}").post("/api/v1/pause").then().statusCode(200);
    ask("{\"target\":\"gpu-01\",\"dry_run\":true}")
        .statusCode(200)
        .body("decision", equalTo("hold"))
        .body("reason", equalTo("paused"))
        .body("until", equalTo("2026-11-22T12:00:00Z"));
  }

  @Test
  void duringThePauseOfATargetIsRefusedWithTheReasonAndItsEnd() {
    receiver.operator().body("{\"for\":\"2h\"}").post("/api/v1/targets/gpu-01/pause");
    ask("{\"target\":\"gpu-01\"}")
        .statusCode(409)
        .body("error", containsString("paused"))
        .body("reason", equalTo("paused"))
        .body("until", equalTo("2026-11-22T12:00:00Z"));
    assertThat(receiver.restarter().restarted()).isEmpty();
  }

  @Test
  void duringAPauseWithoutAnEndIsRefusedWithoutATime() {
    receiver.operator().post("/api/v1/pause");
    ask("{\"target\":\"gpu-01\"}").statusCode(409).body("until", nullValue());
  }

  @Test
  void isRefusedWhileAnAttemptRuns() {
    receiver.restarter().hold();
    ask("{\"target\":\"gpu-01\"}").statusCode(202);
    ask("{\"target\":\"gpu-01\"}").statusCode(409).body("reason", equalTo("attempt_running"));
    ask("{\"target\":\"gpu-02\"}").statusCode(409).body("reason", equalTo("fleet_busy"));
    receiver.restarter().release();
  }

  @Test
  void isRefusedDuringTheCooldownUntilItEnds() {
    ask("{\"target\":\"gpu-01\"}").statusCode(202);
    await()
        .untilAsserted(
            () ->
                ask("{\"target\":\"gpu-01\"}")
                    .statusCode(409)
                    .body("reason", equalTo("cooldown"))
                    .body("until", equalTo("2026-11-22T10:01:00Z")));
    assertThat(receiver.restarter().restarted()).hasSize(1);
  }

  private ValidatableResponse ask(String body) {
    return receiver.operator().body(body).post("/api/v1/remediations").then();
  }
}
