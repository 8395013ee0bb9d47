package dev.selfheal.app;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Passes on that work is done, three times within the time that silence may last and no oftener:
 * each word costs a small process.
 */
final class Heartbeat {
  private static final int TIMES = 3;

  private final Supervisor supervisor;
  private final LongSupplier nanoTime;
  private final long pause;
  private long last;

  /**
   * @param nanoTime a clock that only ever goes forward, in nanoseconds
   */
  Heartbeat(Supervisor supervisor, LongSupplier nanoTime) {
    this.supervisor = supervisor;
    this.nanoTime = nanoTime;
    this.pause = pause(supervisor).toNanos();
    this.last = nanoTime.getAsLong();
  }

  /** How long to be silent between two words; zero if nobody listens. */
  static Duration pause(Supervisor supervisor) {
    return supervisor.watchdog().map(limit -> limit.dividedBy(TIMES)).orElse(Duration.ZERO);
  }

  /** Some of the real work has just been done. */
  void beat() {
    long now = nanoTime.getAsLong();
    if (pause > 0 && now - last >= pause) {
      last = now;
      supervisor.alive();
    }
  }
}
