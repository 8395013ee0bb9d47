package dev.selfheal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.selfheal.testkit.EmbeddedReceiver;
import dev.selfheal.testkit.Notification;
import dev.selfheal.testkit.RawConnection;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without secrets only this machine may ask, and a web page in its browser may not. */
class OpenAccessTest {

  private static final EmbeddedReceiver RECEIVER = EmbeddedReceiver.open();

  @AfterAll
  static void end() {
    RECEIVER.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost:9595",
        "localhost.",
        "127.0.0.1",
        "127.0.0.1:9595",
        "127.8.9.1:1",
        "[::1]",
        "[::1]:9595"
      })
  void namesOfThisMachineAreServed(String host) {
    named(host).get("/api/v1/targets").then().statusCode(200);
    named(host)
        .body(Notification.empty().toString())
        .post("/webhook/alertmanager")
        .then()
        .statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.example:9595",
        "192.0.2.5",
        "0.0.0.0",
        "[::2]",
        "selfheal"
      })
  void whateverElseABrowserWasMadeToBelieveIsNot(String host) {
    for (String path : new String[] {"/api/v1/targets", "/metrics", "/-/ready"}) {
      named(host).get(path).then().statusCode(421).body("error", containsString("Host"));
    }
    for (String path : new String[] {"/webhook/alertmanager", "/api/v1/pause", "/-/reload"}) {
      named(host).body("{}").post(path).then().statusCode(421);
    }
    named(host).body("{\"target\":\"gpu-01\"}").post("/api/v1/remediations").then().statusCode(421);
    assertThat(RECEIVER.restarter().restarted()).isEmpty();
  }

  @Test
  void aRequestWithoutAHostIsNotServedEither() throws IOException {
    try (RawConnection old = new RawConnection(RECEIVER.port())) {
      assertThat(old.send("GET /metrics HTTP/1.0\r\n\r\n").answer().status()).isEqualTo(421);
    }
  }

  @Test
  void aPageOfAnotherSiteCannotPostWithoutBeingAsked() {
    RECEIVER
        .anonymous()
        .header("Origin", "http://evil.example")
        .header("Access-Control-Request-Method", "POST")
        .options("/api/v1/remediations")
        .then()
        .statusCode(405)
        .header("Access-Control-Allow-Origin", (String) null);
    RECEIVER
        .anonymous()
        .contentType("text/plain")
        .body("{\"target\":\"gpu-01\"}")
        .post("/api/v1/remediations")
        .then()
        .statusCode(415);
  }

  @Test
  void aHeaderOfAuthorizationIsOfNoInterest() {
    RECEIVER.bearing("whatever").get("/api/v1/targets").then().statusCode(200);
  }

  private static RequestSpecification named(String host) {
    return RECEIVER.anonymous().contentType(ContentType.JSON).header("Host", host);
  }
}
