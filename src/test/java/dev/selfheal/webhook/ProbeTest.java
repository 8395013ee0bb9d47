package dev.selfheal.webhook;

import static dev.selfheal.testkit.Notification.FIRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.selfheal.testkit.EmbeddedReceiver;
import dev.selfheal.testkit.Notification;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ProbeTest {

  private static final String VERIFY = "selfheal-verify.invalid";

  @AutoClose private final EmbeddedReceiver receiver = EmbeddedReceiver.withTokens();

  @Test
  void theReservedProbeIsRecordedAndOpensNoIncident() {
    probe("n-1").statusCode(404).body("error", containsString("nonce"));
    deliver(FIRING, Map.of("selfheal_probe", "n-1", "instance", VERIFY))
        .body("accepted", equalTo(1))
        .body("ignored", equalTo(0))
        .body("incidents", empty());
    probe("n-1")
        .statusCode(200)
        .body("nonce", equalTo("n-1"))
        .body("heard_at", equalTo("2026-11-22T10:00:00Z"));
    nothingCameOfIt();
  }

  @Test
  void theFirstArrivalOfAProbeCounts() {
    Map<String, String> labels = Map.of("selfheal_probe", "n-1", "instance", VERIFY);
    deliver(FIRING, labels);
    receiver.clock().advance(Duration.ofMinutes(5));
    deliver(FIRING, labels);
    probe("n-1").body("heard_at", equalTo("2026-11-22T10:00:00Z"));
  }

  @Test
  void anyOtherAlertWithTheLabelOfAProbeIsIgnored() {
    isIgnored(Map.of("selfheal_probe", "n-2", "instance", "gpu-01:9100"));
    isIgnored(Map.of("selfheal_probe", "", "instance", "gpu-01:9100"));
    isIgnored(Map.of("selfheal_probe", "n-2", "instance", VERIFY, "alertname", "Other"));
    isIgnored(Map.of("selfheal_probe", "n 2; reboot", "instance", VERIFY));
    isIgnored(Map.of("selfheal_probe", "x".repeat(65), "instance", VERIFY));
    probe("n-2").statusCode(404);
    nothingCameOfIt();
  }

  @Test
  void aProbeInAGroupDoesNotKeepTheOthersFromBeingActedOn() {
    Notification both =
        Notification.of("gpu-01")
            .alert(FIRING, Map.of("selfheal_probe", "n-3", "instance", VERIFY));
    receiver
        .alertmanager()
        .body(both.toString())
        .post("/webhook/alertmanager")
        .then()
        .body("accepted", equalTo(2));
    probe("n-3").statusCode(200);
    receiver.operator().get("/api/v1/incidents").then().body("incidents.size()", equalTo(1));
  }

  private void isIgnored(Map<String, String> labels) {
    deliver(FIRING, labels)
        .body("accepted", equalTo(0))
        .body("ignored", equalTo(1))
        .body("incidents", empty());
  }

  private void nothingCameOfIt() {
    receiver.operator().get("/api/v1/incidents").then().body("incidents", empty());
    assertThat(receiver.restarter().restarted()).isEmpty();
  }

  private ValidatableResponse deliver(String status, Map<String, String> labels) {
    return receiver
        .alertmanager()
        .body(Notification.empty().alert(status, labels).toString())
        .post("/webhook/alertmanager")
        .then()
        .statusCode(200);
  }

  private ValidatableResponse probe(String nonce) {
    return receiver.operator().get("/api/v1/probes/" + nonce).then();
  }
}
