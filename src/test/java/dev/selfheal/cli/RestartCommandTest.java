package dev.selfheal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestartCommandTest {
  private static final String ORDER = "POST /api/v1/remediations";
  private static final String LOOK = "GET /api/v1/attempts?limit=20&target=gpu-01";
  private static final String ACCEPTED = "{\"attempt\":7,\"incident\":3,\"target\":\"gpu-01\"}";
  private static final String RUNNING = "{\"attempts\":[{\"id\":7,\"state\":\"started\"}]}";

  private final List<Duration> pauses = new ArrayList<>();
  private FakeReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = new FakeReceiver();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private Ran restart(String... more) {
    return Ran.pausing(pauses::add, Args.of("restart", more, "gpu-01", "--url", receiver.url()));
  }

  private static String ended(String outcome, String sentence) {
    return "{\"attempts\":[{\"id\":8,\"state\":\"started\"},{\"id\":7,\"state\":\"settled\","
        + "\"started_at\":\"2026-11-22T10:00:00Z\",\"settled_at\":\"2026-11-22T10:00:12Z\","
        + "\"outcome\":\"%s\",\"sentence\":\"%s\"}]}".formatted(outcome, sentence);
  }

  @Test
  void tellsTheAttemptThatHasBegunAndDoesNotWait() {
    receiver.answers(ORDER, 202, ACCEPTED);
    assertThat(restart("--reason", "stuck"))
        .isEqualTo(new Ran(0, "attempt 7 on gpu-01 has begun\n", ""));
    assertThat(receiver.asked())
        .singleElement()
        .extracting(FakeReceiver.Asked::body)
        .isEqualTo("{\"target\":\"gpu-01\",\"dry_run\":false,\"reason\":\"stuck\"}");
  }

  @Test
  void followsTheAttemptToItsEnd() {
    receiver
        .answers(ORDER, 202, ACCEPTED)
        .answers(LOOK, 200, RUNNING)
        .answers(LOOK, 200, RUNNING)
        .answers(LOOK, 200, ended("recovered", "it computes again"));
    assertThat(restart("--wait"))
        .isEqualTo(
            new Ran(
                0,
                """
                attempt 7 on gpu-01 has begun
                attempt 7 on gpu-01: recovered after 12s: it computes again
                """,
                ""));
    assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  @Test
  void failsIfTheTargetDidNotRecover() {
    receiver
        .answers(ORDER, 202, ACCEPTED)
        .answers(LOOK, 200, ended("not_recovered", "its API did not answer"));
    assertThat(restart("--wait"))
        .isEqualTo(
            new Ran(
                1,
                "attempt 7 on gpu-01 has begun\n",
                "selfheal restart: attempt 7 on gpu-01: not_recovered after 12s: its API did not"
                    + " answer; its report: selfheal status --json\n"));
  }

  @Test
  void waitsForAReceiverThatCannotAnswerForAMoment() {
    receiver
        .answers(ORDER, 202, ACCEPTED)
        .answers(LOOK, 503, "{\"error\":\"the ledger cannot be read\"}")
        .answers(LOOK, 200, ended("recovered", "it computes again"));
    assertThat(restart("--wait").code()).isZero();
  }

  @Test
  void givesUpOnAReceiverThatStaysSilent() {
    receiver.answers(ORDER, 202, ACCEPTED).answers(LOOK, 503, "");
    Ran ran = restart("--wait");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("the receiver cannot do it now");
    assertThat(pauses).hasSize(30);
  }

  @Test
  void givesUpAtOnceOnAnAttemptThatNobodyKnows() {
    receiver.answers(ORDER, 202, ACCEPTED).answers(LOOK, 200, "{\"attempts\":[]}");
    assertThat(restart("--wait").err())
        .isEqualTo("selfheal restart: the receiver does not know attempt 7 any more\n");
    assertThat(pauses).isEmpty();
  }

  @Test
  void rehearsesARestart() {
    receiver.answers(
        ORDER,
        200,
        "{\"target\":\"gpu-01\",\"decision\":\"restart\",\"reason\":\"requested\","
            + "\"sentence\":\"an operator asked for it\",\"until\":null}");
    assertThat(restart("--dry-run"))
        .isEqualTo(new Ran(0, "gpu-01: restart: an operator asked for it\n", ""));
    assertThat(receiver.asked().get(0).body()).contains("\"dry_run\":true");
  }

  @Test
  void tellsHowToApproveAnAttemptThatWaits() {
    receiver.answers(
        ORDER, 202, "{\"attempt\":7,\"target\":\"gpu-01\",\"state\":\"awaiting_approval\"}");
    assertThat(restart())
        .isEqualTo(new Ran(0, "attempt 7 on gpu-01 waits for approval: selfheal approve 7\n", ""));
  }

  @Test
  void aRehearsalTellsThatTheModeKeepsTheRestartFromHappeningNow() {
    String answer =
        "{\"decision\":\"restart\",\"mode\":\"%s\",\"sentence\":\"an operator asked for it\"}";
    receiver
        .answers(ORDER, 200, answer.formatted("observe"))
        .answers(ORDER, 200, answer.formatted("approve"));
    assertThat(restart("--dry-run"))
        .isEqualTo(
            new Ran(
                1,
                "gpu-01: restart: an operator asked for it, but would only be recorded (observe"
                    + " mode)\n",
                ""));
    assertThat(restart("--dry-run"))
        .isEqualTo(
            new Ran(
                1, "gpu-01: restart: an operator asked for it, but would wait for approval\n", ""));
  }

  @Test
  void aRehearsalFailsWhereTheRestartWould() {
    receiver.answers(
        ORDER,
        200,
        "{\"target\":\"gpu-01\",\"decision\":\"hold\",\"reason\":\"cooldown\","
            + "\"sentence\":\"too soon\",\"until\":\"2126-11-22T10:00:00Z\"}");
    Ran ran = restart("--dry-run");
    assertThat(ran.out()).matches("gpu-01: hold: too soon; this ends in \\d+d\\d*h?\n");
    assertThat(ran.code()).isEqualTo(1);
  }

  @Test
  void tellsWhyAndForHowLongTheReceiverDeclines() {
    receiver.answers(
        ORDER,
        409,
        "{\"error\":\"not now: too soon\",\"reason\":\"cooldown\","
            + "\"until\":\"2126-11-22T10:00:00Z\"}");
    Ran ran = restart();
    assertThat(ran.err())
        .matches(
            "selfheal restart: the receiver declines: not now: too soon \\(this ends in"
                + " \\d+d\\d*h?\\)\n");
    assertThat(ran.code()).isEqualTo(1);
  }

  @Test
  void takesAnAcceptanceWithoutAnAttemptForAForeignAnswer() {
    receiver.answers(ORDER, 200, "{}");
    assertThat(restart().err()).contains("not that of a selfheal receiver");
  }
}
