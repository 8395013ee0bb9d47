package dev.selfheal.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.RecordedLog;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProbeLogTest {
  private final RecordedLog lines = new RecordedLog(ProbeLog.class.getName());
  private final ProbeLog log = new ProbeLog();

  @AfterEach
  void close() {
    lines.close();
  }

  @Test
  void saysNothingOfProbesThatWork() {
    note("gpu", null);
    note("journal", null);
    assertThat(lines.lines()).isEmpty();
  }

  @Test
  void tellsAFailureOnceThoughItsCountGoesOn() {
    note("gpu", "has been running for 6 s");
    note("gpu", "has been running for 11 s");
    assertThat(lines.lines()).containsExactly("WARN the probe gpu fails: has been running for 6 s");
  }

  @Test
  void tellsAFailureOnceThoughItsListOfNumbersGrowsAndShrinks() {
    note("processes", "3 look like it (pids 7, 12, 130); set exporter.unit");
    note("processes", "2 look like it (pids 7, 12); set exporter.unit");
    note("processes", "1 look like it (pids 9); set exporter.unit");
    note("sockets", "of 12 13  14");
    note("sockets", "of 12");
    assertThat(lines.lines())
        .containsExactly(
            "WARN the probe processes fails: 3 look like it (pids 7, 12, 130); set exporter.unit",
            "WARN the probe sockets fails: of 12 13  14");
  }

  @Test
  void tellsAnotherReasonAndEachProbeApart() {
    note("gpu", "a");
    note("gpu", "b");
    note("journal", "b");
    assertThat(lines.lines())
        .containsExactly(
            "WARN the probe gpu fails: a",
            "WARN the probe gpu fails: b",
            "WARN the probe journal fails: b");
  }

  @Test
  void tellsTheEndOfAFailureOnceAndTheNextOneAnew() {
    note("gpu", "a");
    note("gpu", null);
    note("gpu", null);
    note("gpu", "a");
    assertThat(lines.lines())
        .containsExactly(
            "WARN the probe gpu fails: a",
            "INFO the probe gpu can read its source again",
            "WARN the probe gpu fails: a");
  }

  private void note(String probe, @Nullable String failure) {
    log.note(List.of(new Page.ProbeRun(probe, failure, Duration.ZERO)));
  }
}
