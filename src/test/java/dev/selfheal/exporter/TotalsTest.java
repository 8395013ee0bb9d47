package dev.selfheal.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.LogEvent.Completed;
import dev.selfheal.exporter.sample.LogEvent.Route;
import dev.selfheal.exporter.sample.LogEvents;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TotalsTest {

  @Test
  void countsRequestsByTheClassOfTheirStatus() {
    List<LogEvent> events =
        List.of(
            new Completed(200, Route.STREAMING),
            new Completed(200, Route.EMBEDDING),
            new Completed(499, Route.STREAMING),
            new Completed(500, Route.STREAMING),
            new Completed(302, Route.STREAMING),
            new LogEvent.Progress());
    Totals totals = Totals.NONE.plus(Samples.withLog(Samples.blind(), new LogEvents(events, 6)));
    assertThat(totals.completed()).hasToString("{2xx=2, 4xx=1, 5xx=1}");
  }

  @Test
  void cpuTimeGoesOnWhenARunnerIsReplaced() {
    Totals totals = Totals.NONE;
    totals = plus(totals, 222, 10);
    totals = plus(totals, 222, 15);
    totals = totals.plus(Samples.with(Samples.blind(), Samples.processes()));
    totals = plus(totals, 333, 2);
    assertThat(totals.runnerCpu()).isEqualTo(Duration.ofSeconds(17));
    assertThat(totals.seen()).hasSize(1);
  }

  @Test
  void aRoundThatCouldReadNothingAddsNothingAndForgetsNothing() {
    Totals totals = plus(Totals.NONE, 222, 10);
    assertThat(totals.plus(Samples.blind())).isEqualTo(totals);
  }

  @Test
  void neverGoesBack() {
    Totals totals = plus(plus(Totals.NONE, 222, 10), 222, 4);
    assertThat(totals.runnerCpu()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void countsCanariesByTheirResult() {
    Totals totals =
        Totals.NONE
            .plus(new CanaryResult.Answered(Duration.ZERO))
            .plus(new CanaryResult.NoAnswer("x"))
            .plus(new CanaryResult.NotPossible("x"))
            .plus(new CanaryResult.NoAnswer("x"));
    assertThat(totals.canaries()).hasToString("{answered=1, no_answer=2, not_possible=1}");
  }

  private static Totals plus(Totals totals, long pid, int seconds) {
    return totals.plus(
        Samples.with(
            Samples.blind(),
            Samples.processes(Samples.runner(pid, Duration.ofSeconds(seconds), null))));
  }
}
