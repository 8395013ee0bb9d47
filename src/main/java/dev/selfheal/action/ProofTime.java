package dev.selfheal.action;

import dev.selfheal.remedy.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The time that recovery is waited for. What is loading and comes on is given more, half a minute
 * at a time.
 */
final class ProofTime {
  static final Duration STEP = Duration.ofSeconds(30);

  private final Clock clock;
  private final Instant latest;
  private Instant until;

  private ProofTime(Clock clock, Instant until, Instant latest) {
    this.clock = clock;
    this.until = until;
    this.latest = latest;
  }

  /**
   * The time from the end of the act on.
   *
   * @param startedAt the attempt's, whose deadline comes before all
   */
  static ProofTime of(Target target, Clock clock, Instant startedAt) {
    Instant acted = clock.instant();
    Instant deadline = startedAt.plus(target.attemptLimit()).minus(Target.DEADLINE_MARGIN);
    Instant wanted = acted.plus(target.recovery().timeout());
    Instant loaded = wanted.plus(target.recovery().loadTimeout());
    return new ProofTime(clock, earlier(wanted, deadline), earlier(loaded, deadline));
  }

  /** When it ends, as things stand. */
  Instant until() {
    return until;
  }

  /** Something is seen to come on: it ends no sooner than half a minute from now. */
  void comesOn() {
    Instant later = clock.instant().plus(STEP);
    if (later.isAfter(until)) {
      until = earlier(later, latest);
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
