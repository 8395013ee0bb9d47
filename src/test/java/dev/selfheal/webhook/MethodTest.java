package dev.selfheal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;

import dev.selfheal.testkit.EmbeddedReceiver;
import io.restassured.response.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each route takes its own methods and no other, and there are no other routes. */
class MethodTest {

  private static final EmbeddedReceiver RECEIVER = EmbeddedReceiver.withTokens();

  @AfterAll
  static void end() {
    RECEIVER.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/webhook/alertmanager",
        "/api/v1/remediations",
        "/api/v1/targets/gpu-01/pause",
        "/api/v1/targets/gpu-01/resume",
        "/api/v1/targets/gpu-01/drill",
        "/api/v1/drills/1",
        "/api/v1/pause",
        "/api/v1/resume",
        "/-/reload"
      })
  void whatChangesSomethingIsPostedAsJson(String path) {
    for (String method : new String[] {"GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
      isRefused(method, path, "POST");
    }
    String token = path.startsWith("/webhook") ? "webhook" : "operator";
    for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded"}) {
      RECEIVER
          .bearing(token + "-token-of-a-test")
          .header("Content-Type", type)
          .post(path)
          .then()
          .statusCode(415)
          .body("error", containsString("application/json"));
    }
    RECEIVER.bearing(token + "-token-of-a-test").post(path).then().statusCode(415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/targets",
        "/api/v1/incidents",
        "/api/v1/attempts",
        "/api/v1/drills",
        "/-/healthy",
        "/-/ready",
        "/metrics"
      })
  void whatIsReadIsReadWithGetOrHead(String path) {
    for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS"}) {
      isRefused(method, path, "GET, HEAD");
    }
    Response read = RECEIVER.operator().get(path);
    Response head = RECEIVER.operator().head(path);
    assertThat(head.statusCode()).isEqualTo(read.statusCode()).isEqualTo(200);
    assertThat(head.contentType()).isEqualTo(read.contentType());
    assertThat(head.body().asString()).isEmpty();
  }

  @Test
  void headAsksForTheSameRoleAsGetAndGivesTheSameStatus() {
    RECEIVER.anonymous().head("/api/v1/targets").then().statusCode(401);
    RECEIVER.alertmanager().head("/api/v1/targets").then().statusCode(403);
    RECEIVER.operator().head("/api/v1/targets?limit=0").then().statusCode(400);
    RECEIVER.operator().head("/api/v1/probes/unknown").then().statusCode(404);
    RECEIVER.anonymous().head("/-/ready").then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/index.html",
        "/api",
        "/api/v1",
        "/api/v1/targets/gpu-01",
        "/api/v2/targets",
        "/API/V1/TARGETS",
        "/-/quit",
        "/debug/pprof",
        "/webhook",
        "/webhook/alertmanager/x"
      })
  void thereIsNothingElse(String path) {
    for (String method : new String[] {"GET", "POST", "DELETE"}) {
      RECEIVER
          .operator()
          .request(method, path)
          .then()
          .statusCode(404)
          .contentType("application/json")
          .body("error", containsString("nothing here"));
    }
  }

  private static void isRefused(String method, String path, String allowed) {
    RECEIVER
        .operator()
        .request(method, path)
        .then()
        .statusCode(405)
        .header("Allow", equalTo(allowed))
        .body(method.equals("HEAD") ? emptyOrNullString() : containsString("this route takes"));
  }
}
