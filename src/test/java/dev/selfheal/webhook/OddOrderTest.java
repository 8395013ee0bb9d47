package dev.selfheal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.nullValue;

import dev.selfheal.testkit.EmbeddedReceiver;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders are read strictly: what an operator may have meant is never guessed. */
class OddOrderTest {

  private static final String ALL = "/api/v1/pause";
  private static final String ONE = "/api/v1/targets/gpu-01/pause";

  private static final EmbeddedReceiver RECEIVER = EmbeddedReceiver.withTokens();

  @AfterEach
  void nothingWasRestarted() {
    assertThat(RECEIVER.restarter().restarted()).isEmpty();
    order("/api/v1/resume", "").statusCode(200);
  }

  @AfterAll
  static void end() {
    RECEIVER.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", " ", "{\"reason\":\"x\"}", "{\"for\":null}"})
  void withoutATimeAPauseHasNoEnd(String body) {
    order(ALL, body).statusCode(200).body("until", nullValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "2h",
        "{\"for\":2}",
        "{\"for\":\"2\"}",
        "{\"for\":\"0s\"}",
        "{\"for\":\"-2h\"}",
        "{\"for\":\"2w\"}",
        "{\"for\":\"366d\"}",
        "{\"for\":\"99999999999999999999s\"}",
        "{\"until\":\"2h\"}",
        "{\"for\":\"2h\",\"Reason\":\"x\"}",
        "{\"for\":\"2h\",\"for\":\"3h\"}",
        "{\"reason\":{}}"
      })
  void anOrderThatIsNotUnderstoodIsRefusedAndPausesNothing(String body) {
    order(ALL, body).statusCode(400);
    order(ONE, body).statusCode(400);
    assertThat(RECEIVER.metric("selfheal_target_paused{target=\"gpu-01\",}")).isZero();
  }

  @Test
  void toResumeIsReadAsStrictly() {
    order("/api/v1/resume", "{\"force\":true}").statusCode(400);
    order("/api/v1/targets/gpu-01/resume", "7").statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu-99", "gpu-01%20", "%2e%2e", "*"})
  void thePauseOfAnUnknownTargetIsNotFound(String target) {
    order("/api/v1/targets/" + target + "/pause", "").statusCode(404);
    order("/api/v1/targets/" + target + "/resume", "").statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"target\":7}",
        "{\"target\":null}",
        "{\"target\":\"\"}",
        "{\"target\":\"gpu-01\",\"dry_run\":1}",
        "{\"target\":\"gpu-01\",\"dryrun\":true}",
        "{\"target\":\"gpu-01\",\"reason\":[]}",
        "{\"target\":\"gpu-01\""
      })
  void aRequestThatIsNotUnderstoodIsRefusedAndRestartsNothing(String body) {
    ask(body).statusCode(400).body("error", containsString(" "));
  }

  @Test
  void aReasonOfMoreThanFiveHundredCharactersIsRefused() {
    ask("{\"target\":\"gpu-01\",\"reason\":\"" + "x".repeat(501) + "\"}").statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu-99", "GPU-01", "gpu-01 ", "../gpu-01", "$(reboot)"})
  void theRestartOfAnUnknownTargetIsNotFound(String target) {
    ask("{\"target\":\"" + target + "\"}").statusCode(404).body("error", containsString("target"));
    ask("{\"target\":\"" + target + "\",\"dry_run\":true}").statusCode(404);
  }

  private static ValidatableResponse ask(String body) {
    return order("/api/v1/remediations", body);
  }

  private static ValidatableResponse order(String path, String body) {
    return RECEIVER.operator().body(body).post(path).then();
  }
}
