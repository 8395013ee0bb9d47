package dev.selfheal.webhook;

import static dev.selfheal.testkit.Notification.FIRING;
import static dev.selfheal.testkit.Notification.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.selfheal.testkit.EmbeddedReceiver;
import dev.selfheal.testkit.Notification;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class WebhookRouteTest {

  private static final String PATH = "/webhook/alertmanager";

  @AutoClose private final EmbeddedReceiver receiver = EmbeddedReceiver.withTokens();

  @Test
  void tellsWhatBecameOfEachAlertAndRestartsTheTarget() {
    Notification body =
        Notification.of("gpu-01").frozen("unknown").alert(FIRING, Map.of("alertname", "Other"));
    deliver(body)
        .statusCode(200)
        .contentType("application/json")
        .body("accepted", equalTo(1))
        .body("ignored", equalTo(2))
        .body("incidents", hasSize(1));
    await().until(() -> receiver.restarter().restarted().equals(List.of("gpu-01")));
  }

  @Test
  void aNotificationWithoutAlertsIsTakenIn() {
    deliver(Notification.empty())
        .statusCode(200)
        .body("accepted", equalTo(0))
        .body("ignored", equalTo(0))
        .body("incidents", empty());
  }

  @Test
  void aRepeatBelongsToTheSameIncidentAndRestartsNothing() {
    receiver.restarter().hold();
    int first = deliver(Notification.of("gpu-01")).extract().path("incidents[0]");
    await().until(() -> receiver.restarter().restarted().size() == 1);
    int second = deliver(Notification.of("gpu-01")).extract().path("incidents[0]");
    assertThat(second).isEqualTo(first);
    assertThat(receiver.restarter().restarted()).hasSize(1);
    receiver.restarter().release();
  }

  @Test
  void aResolvedAlertOfAFiringGroupRestartsNothing() {
    deliver(Notification.empty().alert(RESOLVED, Map.of("instance", "gpu-01:9100")))
        .statusCode(200)
        .body("accepted", equalTo(1))
        .body("incidents", empty());
    receiver.operator().get("/api/v1/incidents").then().body("incidents", empty());
  }

  @Test
  void countsEachAnswerByItsCodeWhateverTheAddressEndsWith() {
    deliver(Notification.empty()).statusCode(200);
    receiver.alertmanager().body("{\"version\":\"4\",\"alerts\":[]}").post(PATH + "/");
    receiver.alertmanager().body("{").post(PATH).then().statusCode(400);
    receiver.bearing("wrong").post(PATH).then().statusCode(401);
    receiver.alertmanager().get(PATH).then().statusCode(405);
    receiver.bearing(EmbeddedReceiver.WEBHOOK_TOKEN).body("{}").post(PATH).then().statusCode(415);
    assertThat(counted(200)).isEqualTo(2);
    assertThat(List.of(400, 401, 405, 415)).allMatch(code -> counted(code) == 1);
    assertThat(receiver.metric("selfheal_webhook_duration_seconds_count")).isEqualTo(6);
  }

  @Test
  void aContentTypeWithACharsetIsJson() {
    receiver
        .alertmanager()
        .contentType("Application/JSON; charset=utf-8")
        .body(Notification.empty().toString())
        .post(PATH)
        .then()
        .statusCode(200);
  }

  private ValidatableResponse deliver(Notification body) {
    return receiver.alertmanager().body(body.toString()).post(PATH).then();
  }

  private double counted(int code) {
    return receiver.metric("selfheal_webhook_requests_total{code=\"" + code + "\",}");
  }
}
