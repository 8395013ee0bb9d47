package dev.selfheal.exporter;

import java.time.Duration;

/** When the rounds begin: at a steady beat, of which a late round skips what it missed. */
public final class Schedule {
  private final long interval;
  private long next;

  /**
   * @param first the beginning of the first round, in nanoseconds of a steady clock
   */
  public Schedule(Duration interval, long first) {
    this.interval = interval.toNanos();
    this.next = first;
  }

  /** Nanoseconds from {@code now} to the next round, which is thereby begun; 0 if it is late. */
  public long untilNext(long now) {
    next += interval;
    long missed = now - next;
    if (missed > 0) {
      next += missed / interval * interval;
      return 0;
    }
    return -missed;
  }
}
