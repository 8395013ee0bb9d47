package dev.selfheal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrillRoutesTest {

  private static final String BEGIN = "/api/v1/targets/gpu-01/drill";
  private static final String PASSED = "{\"passed\":true,\"seconds\":74.25,\"verdict\":\"healed\"}";
  private static final String SUCCESS = "selfheal_drill_success{target=\"gpu-01\",}";

  @AutoClose private final EmbeddedReceiver receiver = EmbeddedReceiver.withTokens();

  @Test
  void aRestartDuringADrillIsMarkedAndItsEndIsShown() {
    order(BEGIN, "{\"for\":\"190s\"}")
        .statusCode(202)
        .body("drill", equalTo(1))
        .body("target", equalTo("gpu-01"))
        .body("until", equalTo("2026-11-22T10:03:10Z"));
    receiver
        .alertmanager()
        .body(Notification.of("gpu-01").toString())
        .post("/webhook/alertmanager");
    await().until(() -> receiver.restarter().restarted().equals(List.of("gpu-01")));
    get("/api/v1/attempts").body("attempts.drill", contains(1));
    order("/api/v1/drills/1", PASSED).statusCode(200).body("drill", equalTo(1));
    get("/api/v1/drills")
        .body("drills[0].passed", equalTo(true))
        .body("drills[0].seconds", equalTo(74.25f))
        .body("drills[0].verdict", equalTo("healed"));
    assertThat(receiver.metric(SUCCESS)).isEqualTo(1);
    assertThat(receiver.metric("selfheal_drill_duration_seconds{target=\"gpu-01\",}"))
        .isEqualTo(74.25);
    assertThat(receiver.metric("selfheal_drill_last_timestamp_seconds{target=\"gpu-01\",}"))
        .isEqualTo((double) receiver.clock().instant().getEpochSecond());
  }

  @Test
  void aDrillUnderWayIsListedAndStandsInTheWayOfAnother() {
    order(BEGIN, "").statusCode(202);
    get("/api/v1/drills?state=open").body("drills[0].ended_at", nullValue());
    order(BEGIN, "").statusCode(409).body("error", containsString("under way"));
    order(BEGIN, "{\"force\":false}").statusCode(409);
    order("/api/v1/targets/gpu-02/drill", "").statusCode(202);
    receiver.clock().advance(Duration.ofMinutes(5));
    get("/api/v1/drills?state=open").body("drills", empty());
    assertThat(receiver.metric(SUCCESS)).isZero();
    order("/api/v1/drills/1", PASSED).statusCode(404);
    order(BEGIN, "").statusCode(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"passed\":true}",
        "{\"passed\":1,\"seconds\":3}",
        "{\"passed\":true,\"seconds\":-1}",
        "{\"passed\":true,\"seconds\":1e9}",
        "{\"seconds\":3}",
        "{\"passed\":true,\"seconds\":3,\"verdict\":3}",
        "{\"passed\":true,\"seconds\":3,\"more\":3}"
      })
  void anEndThatIsNoneIsRefused(String end) {
    order(BEGIN, "");
    order("/api/v1/drills/1", end).statusCode(400);
    get("/api/v1/drills?state=open").body("drills.id", contains(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"for\":\"61m\"}", "{\"for\":\"0s\"}", "{\"for\":3}", "[]"})
  void aDrillOfNoUsableLengthDoesNotBegin(String begin) {
    order(BEGIN, begin).statusCode(400);
    get("/api/v1/drills").body("drills", empty());
  }

  @Test
  void aDrillThatIsForcedTakesTheOthersPlace() {
    order(BEGIN, "");
    order(BEGIN, "{\"force\":true}").statusCode(202).body("drill", equalTo(2));
    get("/api/v1/drills").body("drills.verdict", contains(null, "another drill was begun"));
    order("/api/v1/drills/1", PASSED).statusCode(404);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    order("/api/v1/targets/gpu-99/drill", "").statusCode(404);
    order("/api/v1/drills/1", PASSED).statusCode(404);
    order("/api/v1/drills/x", PASSED).statusCode(404);
  }

  @Test
  void whoMayOnlyDeliverAlertsMayNotDrill() {
    receiver.alertmanager().body("{}").post(BEGIN).then().statusCode(403);
    receiver.alertmanager().body(PASSED).post("/api/v1/drills/1").then().statusCode(403);
    receiver.alertmanager().get("/api/v1/drills").then().statusCode(403);
  }

  private ValidatableResponse order(String path, String body) {
    return receiver.operator().body(body).post(path).then();
  }

  private ValidatableResponse get(String path) {
    return receiver.operator().get(path).then();
  }
}
