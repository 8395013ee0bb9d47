package dev.selfheal.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private final Schedule schedule = new Schedule(Duration.ofSeconds(5), 100 * SECOND);

  @Test
  void keepsTheBeatHoweverLongTheRoundsTake() {
    assertThat(schedule.untilNext(101 * SECOND)).isEqualTo(4 * SECOND);
    assertThat(schedule.untilNext(109 * SECOND)).isEqualTo(1 * SECOND);
    assertThat(schedule.untilNext(110 * SECOND)).isEqualTo(5 * SECOND);
  }

  @Test
  void aLateRoundIsFollowedAtOnceByOneAndThenByTheBeat() {
    assertThat(schedule.untilNext(123 * SECOND)).isZero();
    assertThat(schedule.untilNext(124 * SECOND)).isEqualTo(1 * SECOND);
  }
}
