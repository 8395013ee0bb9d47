package dev.selfheal.exporter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.sample.ProcessStat;
import dev.selfheal.exporter.sample.ProcessState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcStatTest {
  private static final String REST =
      " 0 -1 4194304 81228 0 6 0 232 42 0 0 20 0 10 0 424096 952868864 85011 1844674407370955161";

  @Test
  void readsAStoppedRunner() {
    assertThat(ProcStat.parse(Recorded.text("stat-0.32-runner.txt")))
        .contains(
            new ProcessStat(
                5329, 5304, ProcessState.STOPPED, Duration.ofMillis(4_610), 766_051, 85_016));
  }

  @Test
  void readsTheServersOfBothVersions() {
    assertThat(ProcStat.parse(Recorded.text("stat-0.32-serve.txt")))
        .contains(
            new ProcessStat(
                5304, 31_815, ProcessState.SLEEPING, Duration.ofMillis(120), 766_030, 7_809));
    assertThat(ProcStat.parse(Recorded.text("stat-0.24-serve.txt")))
        .contains(
            new ProcessStat(
                322, 31_816, ProcessState.SLEEPING, Duration.ofMillis(70), 668_395, 9_727));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a b", ") R 1 1", "((x) S 2 (", "(", "", ")", "x) Z 7 7 7 7", "ollama\n) T 1"})
  void takesAnyNameForAName(String name) {
    assertThat(ProcStat.parse("27847 (" + name + ") D 27821 27814 1437" + REST))
        .contains(
            new ProcessStat(
                27_847,
                27_821,
                ProcessState.UNINTERRUPTIBLE,
                Duration.ofMillis(2_740),
                424_096,
                85_011));
  }

  @Test
  void keepsTheCpuTimeOfCenturies() {
    String line = "1 (x) R 1 1 1 0 -1 0 0 0 0 0 4611686018427387903 1 0 0 20 0 1 0 5 6 7";
    assertThat(ProcStat.parse(line).orElseThrow().cpu())
        .isEqualTo(Duration.ofSeconds(46_116_860_184_273_879L, 40_000_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "27847",
        "27847 (x",
        "27847 (x) ",
        "27847 (x) R 1 2 3",
        ") (",
        "-5 (x) R 1 1 1 0 -1 0 0 0 0 0 1 1 0 0 20 0 1 0 5 6 7",
        "5 (x) RR 1 1 1 0 -1 0 0 0 0 0 1 1 0 0 20 0 1 0 5 6 7",
        "5 (x) R 1 1 1 0 -1 0 0 0 0 0 -1 1 0 0 20 0 1 0 5 6 7",
        "5 (x) R 1 1 1 0 -1 0 0 0 0 0 9223372036854775807 1 0 0 20 0 1 0 5 6 7",
        "5 (x) R 1 1 1 0 -1 0 0 0 0 0 1 1 0 0 20 0 1 0 99999999999999999999 6 7"
      })
  void takesNothingFromWhatIsNoSuchLine(String line) {
    assertThat(ProcStat.parse(line)).isEmpty();
  }
}
