package dev.selfheal.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.ManualExecutor;
import dev.selfheal.testkit.ManualTimer;
import dev.selfheal.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-01T00:00:00Z"));
  private final ManualExecutor executor = new ManualExecutor();
  private final ManualTimer timer = new ManualTimer(clock, this::run);
  private final List<Instant> sweeps = new ArrayList<>();
  private final List<Instant> prunes = new ArrayList<>();
  private boolean stuck;

  private void begin() {
    Rounds.begin(
        () -> {
          sweeps.add(clock.instant());
          throw new IllegalStateException("a sweep that fails");
        },
        () -> prunes.add(clock.instant()),
        timer,
        executor);
  }

  private void run() {
    boolean more = !stuck;
    while (more) {
      more = executor.runNext();
    }
  }

  @Test
  void sweepsEachMinuteEvenIfASweepFails() {
    begin();
    timer.pass(Duration.ofHours(1));
    assertThat(sweeps).hasSize(60).startsWith(Instant.parse("2026-11-01T00:01:00Z"));
  }

  @Test
  void prunesSoonAfterTheStartAndThenOnceADay() {
    begin();
    timer.pass(Duration.ofDays(3));
    assertThat(prunes)
        .containsExactly(
            Instant.parse("2026-11-01T00:10:00Z"),
            Instant.parse("2026-11-02T00:10:00Z"),
            Instant.parse("2026-11-03T00:10:00Z"));
  }

  @Test
  void collectsNoRoundsBehindASlowDisk() {
    begin();
    stuck = true;
    timer.pass(Duration.ofHours(5));
    assertThat(executor.waiting()).isEqualTo(2);
    stuck = false;
    run();
    timer.pass(Duration.ofMinutes(2));
    assertThat(sweeps).hasSize(3);
  }

  @Test
  void endsQuietlyWithTheThreads() {
    begin();
    executor.shutdown();
    timer.pass(Duration.ofHours(1));
    assertThat(sweeps).isEmpty();
  }
}
