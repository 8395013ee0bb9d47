package dev.selfheal.dispatch.injection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The receiver's clock: it goes as time does, but is set now and then. */
final class SteppedClock extends Clock {
  private final Clock real;
  private Duration offset = Duration.ZERO;
  private Instant forward = Instant.MIN;

  SteppedClock(Clock real) {
    this.real = real;
  }

  /** Sets it; back, if the time is negative. */
  void step(Duration time) {
    offset = offset.plus(time);
    if (!time.isNegative()) {
      forward = real.instant();
    }
  }

  Duration offset() {
    return offset;
  }

  /** Whether more time seems to have passed since then than really has. */
  boolean hurriedSince(Instant then) {
    return !forward.isBefore(then);
  }

  @Override
  public Instant instant() {
    return real.instant().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return real.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("a stepped clock has no other zone");
  }
}
