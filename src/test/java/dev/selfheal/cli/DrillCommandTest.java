package dev.selfheal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.Freeze;
import dev.selfheal.drill.DrillPlan;
import dev.selfheal.drill.DrillReport;
import dev.selfheal.drill.DrillReport.Moment;
import dev.selfheal.drill.Stage;
import dev.selfheal.remedy.Match;
import dev.selfheal.remedy.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillCommandTest {
  private static final DrillPlan PLAN =
      new DrillPlan(
          new Target(
              "gpu-01",
              new Match(Map.of("instance", "gpu-01:9100"), List.of()),
              new Target.Control("ollama.service", List.of()),
              URI.create("http://127.0.0.1:11434"),
              new Target.RecoveryLimits(Duration.ofSeconds(60), Duration.ofSeconds(60))),
          Freeze.What.RUNNER,
          Duration.ofSeconds(180),
          false);

  private static final DrillReport FAILED =
      new DrillReport(
          DrillReport.Ending.FAILED,
          Duration.ofMillis(180_250),
          "rule was not seen within 180 s: no Prometheus\u001b[2J",
          "systemctl status prometheus.service",
          List.of(new Moment(Stage.FROZEN, Duration.ZERO, "its runner is stopped")),
          "the freeze is over, and tiny answers");

  @TempDir Path folder;

  @Test
  void showsAStageWhenItIsSeen() {
    assertThat(
            DrillPage.line(new Moment(Stage.EVIDENCE, Duration.ofMillis(36_940), "a\u0007 stall")))
        .isEqualTo("   36.9 s  evidence  a? stall");
  }

  @Test
  void showsTheVerdictItsMendAndHowThingsWereLeft() {
    assertThat(new DrillPage(PLAN, false).verdict(FAILED))
        .containsExactly(
            "",
            "failed: gpu-01: rule was not seen within 180 s: no Prometheus?[2J",
            "    mend: systemctl status prometheus.service",
            "now: the freeze is over, and tiny answers");
    assertThat(new DrillPage(PLAN, true).verdict(FAILED).get(1)).startsWith("\u001b[31mfailed");
  }

  @Test
  void tellsTheSameToScripts() throws IOException {
    assertThat(Json.parse(new DrillPage(PLAN, true).json(FAILED)))
        .isEqualTo(
            Json.parse(
                """
                {"target": "gpu-01", "passed": false, "refused": false, "seconds": 180.25, "within_seconds": 180.0,
                 "verdict": "rule was not seen within 180 s: no Prometheus\\u001b[2J",
                 "mend": "systemctl status prometheus.service",
                 "left": "the freeze is over, and tiny answers",
                 "stages": [{"stage": "frozen", "seconds": 0.0, "seen": "its runner is stopped"}]}
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "--within=14s, --within must be a time from 15s to 55m",
    "--within=56m, --within must be a time from 15s to 55m",
    "--within=soon, --within must be a time from 15s to 55m",
    "--what=disk, --what must be runner or serve",
    "--next, mutually exclusive"
  })
  void anOptionThatMeansNothingIsTheUsersMistake(String option, String words) throws IOException {
    Ran ran = Ran.with("drill", "gpu-01", option, "--config.file=" + config("unit: a.service"));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(words);
  }

  @Test
  void oneTargetMustBeNamed() {
    assertThat(Ran.with("drill").code()).isEqualTo(2);
  }

  @Test
  void aTargetThatIsNotConfiguredIsTheUsersMistakeAndTheOthersAreNamed() throws IOException {
    Ran ran = Ran.with("drill", "gpu-99", "--config.file=" + config("unit: a.service"));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("use one of gpu-01");
  }

  @Test
  void aTargetThatSystemdDoesNotStopCannotBeDrilled() throws IOException {
    Ran ran = Ran.with("drill", "gpu-01", "--config.file=" + config("restart_command: [kick]"));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("no target can be drilled: only a unit of systemd");
  }

  /** The name of a freeze holds the unit's, and the script behind it takes no such characters. */
  @Test
  void aTargetWhoseUnitHasAnEscapedNameCannotBeDrilled() throws IOException {
    Ran ran = Ran.with("drill", "gpu-01", "--config.file=" + config("unit: 'a\\x2db.service'"));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("no target can be drilled");
  }

  @Test
  void whoseTurnItIsNobodyKnowsButTheReceiver() throws IOException {
    Ran ran = Ran.with("drill", "--next", "--config.file=" + config("unit: a.service"));
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .contains("the receiver does not tell whose turn it is: ", ": selfheal verify");
  }

  @Test
  void aBadConfigurationIsTheUsersMistake() throws IOException {
    Path file = Files.writeString(folder.resolve("selfheal.yml"), "targets: []\n");
    Ran ran = Ran.with("drill", "gpu-01", "--config.file=" + file);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("targets: at least one target is needed");
  }

  private Path config(String control) throws IOException {
    return Files.writeString(
        folder.resolve("selfheal.yml"),
        "listen: 127.0.0.1:1\ntargets: [{name: gpu-01, match: {instance: \"gpu-01:9100\"}, "
            + control
            + "}]\n");
  }
}
