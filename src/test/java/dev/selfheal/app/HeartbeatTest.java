package dev.selfheal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private final AtomicLong nanos = new AtomicLong(7);
  private int words;

  @Test
  void passesOnAWordThreeTimesWithinTheTimeThatSilenceMayLast() {
    Heartbeat heart = new Heartbeat(listening(Duration.ofSeconds(90)), nanos::get);
    for (int seconds = 0; seconds < 90; seconds++) {
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      heart.beat();
    }
    assertThat(words).isEqualTo(3);
  }

  @Test
  void costsNothingWhereNobodyListens() {
    assertThat(Heartbeat.pause(Supervisor.NONE)).isZero();
    Heartbeat heart = new Heartbeat(listening(null), nanos::get);
    nanos.addAndGet(Duration.ofDays(1).toNanos());
    heart.beat();
    assertThat(words).isZero();
  }

  private Supervisor listening(@Nullable Duration watchdog) {
    return new Supervisor() {
      @Override
      public void ready(String status) {}

      @Override
      public Optional<Duration> watchdog() {
        return Optional.ofNullable(watchdog);
      }

      @Override
      public void alive() {
        words++;
      }
    };
  }
}
