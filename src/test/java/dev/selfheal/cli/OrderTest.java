package dev.selfheal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pause and resume. */
class OrderTest {
  private FakeReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = new FakeReceiver();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private Ran run(String command, String... more) {
    return Ran.with(Args.of(command, more, "--url", receiver.url()));
  }

  private FakeReceiver.Asked asked() {
    assertThat(receiver.asked()).hasSize(1);
    return receiver.asked().get(0);
  }

  @Test
  void pausesOneTargetForATimeAndSaysWhenThatEnds() {
    receiver.answers(
        "POST /api/v1/targets/gpu-01/pause",
        200,
        "{\"paused\":true,\"until\":\"2020-11-22T12:00:00Z\"}");
    Ran ran = run("pause", "gpu-01", "--for", "2h", "--reason", "new \"GPU\"");
    assertThat(ran.out())
        .matches("gpu-01 is paused until 2020-11-22T12:00:00Z \\(\\d+d\\d*h? ago\\)\n");
    assertThat(ran.code()).isZero();
    assertThat(asked().type()).isEqualTo("application/json");
    assertThat(asked().body()).isEqualTo("{\"for\":\"2h\",\"reason\":\"new \\\"GPU\\\"\"}");
  }

  @Test
  void pausesAllTargetsUntilSomebodyResumes() {
    receiver.answers("POST /api/v1/pause", 200, "{\"paused\":true,\"until\":null}");
    assertThat(run("pause", "--all"))
        .isEqualTo(new Ran(0, "all targets are paused until selfheal resume --all\n", ""));
    assertThat(asked().body()).isEqualTo("{}");
  }

  @Test
  void resumesOneTarget() {
    receiver.answers("POST /api/v1/targets/gpu-01/resume", 200, "{\"paused\":false}");
    assertThat(run("resume", "gpu-01")).isEqualTo(new Ran(0, "gpu-01 is resumed\n", ""));
  }

  @Test
  void saysInWordsThatThePauseOfAllStillHoldsTheTarget() {
    String path = "POST /api/v1/targets/gpu-01/resume";
    receiver
        .answers(path, 200, "{\"paused\":true,\"until\":null}")
        .answers(path, 200, "{\"paused\":true,\"until\":\"2020-11-22T12:00:00Z\"}");
    assertThat(run("resume", "gpu-01"))
        .isEqualTo(
            new Ran(
                0, "gpu-01 is resumed, but all targets are paused: selfheal resume --all\n", ""));
    assertThat(run("resume", "gpu-01").out())
        .matches(
            "gpu-01 is resumed, but all targets are paused until 2020-11-22T12:00:00Z"
                + " \\(\\d+d\\d*h? ago\\): selfheal resume --all\n");
  }

  @Test
  void resumesAllTargets() {
    receiver.answers("POST /api/v1/resume", 200, "{\"paused\":false}");
    assertThat(run("resume", "--all")).isEqualTo(new Ran(0, "all targets are resumed\n", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "a/b", "a%2fb", "a?b", "", "a b", "gpu\n01"})
  void neverPutsWhatCannotBeATargetsNameIntoAPath(String name) {
    Ran ran = run("pause", name);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().lines()).singleElement().asString().contains("cannot be a target's name");
    assertThat(receiver.asked()).isEmpty();
  }

  @Test
  void doesNotTakeAnEmptyTimeForNoEnd() {
    Ran ran = run("pause", "--all", "--for", "");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--for must be a time such as 30m, 2h or 1d");
    assertThat(receiver.asked()).isEmpty();
  }

  @Test
  void aWrongTimeIsAUsageErrorInTheReceiversWords() {
    receiver.answers("POST /api/v1/pause", 400, "{\"error\":\"for must be a duration\"}");
    assertThat(run("pause", "--all", "--for", "soon"))
        .isEqualTo(
            new Ran(
                2,
                "",
                "selfheal pause: the receiver does not understand the order: for must be a"
                    + " duration\n"));
  }
}
