package dev.selfheal.webhook;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.selfheal.testkit.EmbeddedReceiver;
import dev.selfheal.testkit.Notification;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is listed about gpu-01, which has recovered, and gpu-02, which is paused and frozen. */
class ListingRoutesTest {

  private static final EmbeddedReceiver RECEIVER = EmbeddedReceiver.withTokens();

  @BeforeAll
  static void healOneAndHoldTheOther() {
    order("targets/gpu-02/pause");
    deliver(Notification.of("gpu-01"));
    await().until(() -> "recovered".equals(attribute("attempts", "attempts[0].outcome")));
    deliver(Notification.empty().alert("resolved", Map.of("instance", "gpu-01:9100")));
    await().until(() -> "closed".equals(attribute("incidents", "incidents[0].state")));
    RECEIVER.clock().advance(Duration.ofMinutes(1));
    deliver(Notification.of("gpu-02"));
    await().until(() -> "paused".equals(attribute("incidents", "incidents[0].held.reason")));
  }

  @AfterAll
  static void end() {
    RECEIVER.close();
  }

  @Test
  void targetsStandInTheOrderOfTheConfigurationWithWhatIsKnownOfThem() {
    list("targets")
        .body("targets.name", contains("gpu-01", "gpu-02", "gpu-03", "gpu-04"))
        .body("targets[0].budget_remaining", equalTo(2))
        .body("targets[0].last_attempt.outcome", equalTo("recovered"))
        .body("targets[1].held.reason", equalTo("paused"))
        .body("targets[1].paused", notNullValue())
        .body("targets[1].incident.state", equalTo("open"));
  }

  @Test
  void incidentsAreListedNewestFirst() {
    list("incidents")
        .body("incidents.target", contains("gpu-02", "gpu-01"))
        .body("incidents.state", contains("open", "closed"))
        .body("incidents[1].closing", equalTo("recovered"))
        .body("incidents[0].alerts[0].source", equalTo("alertmanager"))
        .body("incidents[0].alerts[0].starts_at", equalTo("2026-11-22T09:59:00Z"))
        .body("incidents[0].opened_at", equalTo("2026-11-22T10:01:00Z"));
  }

  @Test
  void theEvidenceOfAnAttemptIsThereForWhoeverAsksForIt() {
    int attempt = RECEIVER.operator().get("/api/v1/attempts").jsonPath().getInt("attempts[0].id");
    list("attempts/" + attempt + "/evidence").body("evidence", equalTo("seen by a fake"));
    for (String unknown : List.of("4711", "x", "-1", "9".repeat(30))) {
      RECEIVER
          .operator()
          .get("/api/v1/attempts/" + unknown + "/evidence")
          .then()
          .statusCode(404)
          .body("error", equalTo("no evidence is kept of an attempt with this number"));
    }
  }

  @Test
  void attemptsAreListedWithWhatWasDone() {
    list("attempts")
        .body("attempts", hasSize(1))
        .body("attempts[0].target", equalTo("gpu-01"))
        .body("attempts[0].state", equalTo("settled"))
        .body("attempts[0].reason", equalTo("proven"))
        .body("attempts[0].report", equalTo("restarted by a fake"))
        .body("attempts[0].incident", greaterThan(0));
  }

  @Test
  void oneTargetCanBeAskedFor() {
    list("targets?target=gpu-02").body("targets.name", contains("gpu-02"));
    list("incidents?target=gpu-01").body("incidents.target", contains("gpu-01"));
    list("attempts?target=gpu-02").body("attempts", empty());
  }

  @Test
  void whatIsOpenCanBeAskedFor() {
    list("targets?state=open").body("targets.name", contains("gpu-02"));
    list("incidents?state=open").body("incidents.target", contains("gpu-02"));
    list("incidents?state=all").body("incidents", hasSize(2));
    list("attempts?state=open").body("attempts", empty());
  }

  @Test
  void noMoreAreListedThanAskedFor() {
    list("targets?limit=1").body("targets", hasSize(1));
    list("incidents?limit=1").body("incidents.target", contains("gpu-02"));
    list("incidents?limit=1000").body("incidents", hasSize(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=-1",
        "limit=1001",
        "limit=many",
        "limit=",
        "limit=1.5",
        "limit=99999999999999999999",
        "state=closed",
        "state=",
        "state=open%00"
      })
  void anOddWishIsRefusedByEveryList(String query) {
    for (String list : new String[] {"targets", "incidents", "attempts"}) {
      RECEIVER
          .operator()
          .get("/api/v1/" + list + "?" + query)
          .then()
          .statusCode(400)
          .body("error", containsString(" "));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu-99", "", "GPU-01", "%27%20or%201=1", "%FF"})
  void anUnknownTargetIsNotFoundInAnyList(String target) {
    for (String list : new String[] {"targets", "incidents", "attempts"}) {
      RECEIVER.operator().get("/api/v1/" + list + "?target=" + target).then().statusCode(404);
    }
  }

  private static ValidatableResponse list(String what) {
    return RECEIVER
        .operator()
        .get("/api/v1/" + what)
        .then()
        .statusCode(200)
        .contentType("application/json");
  }

  private static String attribute(String list, String path) {
    return list(list).extract().path(path);
  }

  private static void order(String path) {
    RECEIVER.operator().post("/api/v1/" + path).then().statusCode(200);
  }

  private static void deliver(Notification notification) {
    RECEIVER
        .alertmanager()
        .body(notification.toString())
        .post("/webhook/alertmanager")
        .then()
        .statusCode(200);
  }
}
