package dev.selfheal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.selfheal.testkit.EmbeddedReceiver;
import dev.selfheal.testkit.Notification;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, with tokens and passwords. The password of both users is "correct horse". */
class AccessTest {

  /** Made with {@code htpasswd -B}, cost 4: quick to check, which only a test may want. */
  private static final String HASH = "$2y$04$Rk091kuPJCl1XwUP6kx6fuRVrmQNp7a3z11blOoJpo7fOc8ftQPee";

  private static final EmbeddedReceiver RECEIVER =
      new EmbeddedReceiver(
          Map.of("user.hash", HASH),
          """
          auth:
            webhook_token_file: webhook.token
            operator_token_file: operator.token
            basic_users:
              - {name: prometheus, role: webhook, hash_file: user.hash}
              - {name: jo, role: operator, hash_file: user.hash}
          """
              + EmbeddedReceiver.TARGETS);

  @AfterEach
  void nothingWasRestarted() {
    assertThat(RECEIVER.restarter().restarted()).isEmpty();
  }

  @AfterAll
  static void end() {
    RECEIVER.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        "Bearer webhook-token-of-a-tes",
        "Bearer webhook-token-of-a-testx",
        "Bearer WEBHOOK-TOKEN-OF-A-TEST",
        "bearer",
        "Basic",
        "Basic !!!",
        "Basic cHJvbWV0aGV1cw==",
        "Digest username=jo",
        "webhook-token-of-a-test"
      })
  void whoProvesNothingIsAskedToAndToldHow(String header) {
    for (Response answer : new Response[] {deliver(header), list(header), reload(header)}) {
      answer.then().statusCode(401).body("error", containsString(" "));
      assertThat(answer.headers().getValues("WWW-Authenticate"))
          .containsExactly(
              "Bearer realm=\"selfheal\"", "Basic realm=\"selfheal\", charset=\"UTF-8\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", "BEARER  "})
  void eachTokenOpensWhatItsRoleMayAndNothingElse(String scheme) {
    may(scheme + EmbeddedReceiver.WEBHOOK_TOKEN, 200, 403);
    may(scheme + EmbeddedReceiver.OPERATOR_TOKEN, 403, 200);
  }

  @Test
  void eachPasswordOpensWhatTheRoleOfItsUserMayAndNothingElse() {
    may(basic("prometheus", "correct horse"), 200, 403);
    may(basic("jo", "correct horse"), 403, 200);
  }

  @ParameterizedTest
  @CsvSource({"jo,wrong", "jo,''", "JO,correct horse", "nobody,correct horse", "'',''"})
  void aWrongPasswordOpensNothing(String user, String password) {
    may(basic(user, password), 401, 401);
  }

  @Test
  void theRefusalNamesTheRoleThatIsNeeded() {
    list("Bearer " + EmbeddedReceiver.WEBHOOK_TOKEN)
        .then()
        .body("error", containsString("operator"));
    deliver("Bearer " + EmbeddedReceiver.OPERATOR_TOKEN)
        .then()
        .body("error", containsString("webhook"));
  }

  @Test
  void noAnswerRepeatsASecret() {
    list("Bearer a-mistyped-secret").then().body(not(containsString("a-mistyped-secret")));
  }

  @Test
  void onLoopbackTheMetricsAreOpen() {
    RECEIVER.anonymous().get("/metrics").then().statusCode(200);
    RECEIVER.bearing("wrong").get("/metrics").then().statusCode(200);
  }

  @Test
  void withSecretsTheReceiverMayHaveAnyName() {
    RECEIVER
        .operator()
        .header("Host", "receiver.example:9595")
        .get("/api/v1/targets")
        .then()
        .statusCode(200);
  }

  @Test
  void withoutAnyRightABodyIsNotEvenRead() {
    anonymous("Bearer wrong")
        .body("{".repeat(1 << 20))
        .post("/webhook/alertmanager")
        .then()
        .statusCode(401);
  }

  private static void may(String header, int deliver, int operate) {
    deliver(header).then().statusCode(equalTo(deliver));
    list(header).then().statusCode(equalTo(operate));
    reload(header).then().statusCode(equalTo(operate));
    anonymous(header)
        .body("{\"target\":\"gpu-01\",\"dry_run\":true}")
        .post("/api/v1/remediations")
        .then()
        .statusCode(operate);
    anonymous(header).post("/api/v1/resume").then().statusCode(operate);
    anonymous(header).get("/api/v1/incidents").then().statusCode(operate);
    anonymous(header).get("/api/v1/attempts").then().statusCode(operate);
    int unknownProbe = operate == 200 ? 404 : operate;
    anonymous(header).get("/api/v1/probes/x").then().statusCode(unknownProbe);
  }

  private static Response deliver(String header) {
    return anonymous(header).body(Notification.empty().toString()).post("/webhook/alertmanager");
  }

  private static Response list(String header) {
    return anonymous(header).get("/api/v1/targets");
  }

  private static Response reload(String header) {
    return anonymous(header).post("/-/reload");
  }

  private static RequestSpecification anonymous(String header) {
    RequestSpecification request = RECEIVER.anonymous().contentType(ContentType.JSON);
    return header.isEmpty() ? request : request.header("Authorization", header);
  }

  private static String basic(String user, String password) {
    String pair = user + ":" + password;
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }
}
