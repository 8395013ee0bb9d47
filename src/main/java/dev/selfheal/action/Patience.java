package dev.selfheal.action;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The time that recovery is waited for, cut into pauses that grow from half a second to two. It
 * ends by the clock, or when it has been paused for as long in all: a clock that is set back must
 * not make it longer.
 */
final class Patience {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final Pauser pauser;
  private final Clock clock;
  private final Supplier<Instant> until;
  private final Instant began;
  private Duration paused = Duration.ZERO;
  private Duration next = FIRST;

  /**
   * @param until may move away while it is waited for
   */
  Patience(Pauser pauser, Clock clock, Supplier<Instant> until) {
    this.pauser = pauser;
    this.clock = clock;
    this.until = until;
    this.began = clock.instant();
  }

  /** What is left of it; zero when it is over. */
  Duration left() {
    Duration byClock = Duration.between(clock.instant(), until.get());
    Duration unpaused = Duration.between(began, until.get()).minus(paused);
    Duration left = byClock.compareTo(unpaused) < 0 ? byClock : unpaused;
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** What is left of it, but no more than so much. */
  Duration left(Duration most) {
    Duration left = left();
    return left.compareTo(most) < 0 ? left : most;
  }

  /** Waits for the next look. */
  void pause() throws InterruptedException {
    Duration pause = left(next);
    pauser.pause(pause);
    paused = paused.plus(pause);
    Duration longer = next.multipliedBy(3).dividedBy(2);
    next = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
  }
}
