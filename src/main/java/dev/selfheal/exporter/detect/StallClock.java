package dev.selfheal.exporter.detect;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A running stall clock.
 *
 * @param since when it started
 * @param kind what made it start
 */
record StallClock(Duration since, Kind kind) {

  /** What makes a stall clock start. */
  enum Kind {
    /** Somebody waits. */
    DEMANDED,
    /** Somebody seems to wait, unless the host's clock was stepped before it was watched. */
    DOUBTFUL,
    /** The runner is stopped, and whether somebody waits cannot be seen. */
    STOPPED_UNSEEN,
    /** The runner is busy for nobody one can see, and no canary has been heard of yet. */
    LEFT_BEHIND,
    /** The same, and no canary can be sent to it. */
    UNDECIDABLE,
    /** A canary was not answered by a runner that is busy for nobody one can see. */
    CONDEMNED
  }

  StallClock as(Kind other) {
    return new StallClock(since, other);
  }

  /**
   * The clock when somebody waits.
   *
   * @param running what ran before; null for none
   * @param fresh what the demand of now would start
   */
  static StallClock demanded(@Nullable StallClock running, StallClock fresh, Traits traits) {
    if (running == null || fresh.since().compareTo(running.since()) <= 0) {
      return fresh;
    }
    return switch (running.kind()) {
      // Those who waited first are gone. Did they give up, or were they answered between two
      // samples? An idle GPU and a log without progress say the first. If neither can be seen,
      // each call has a clock of its own: short calls one after the other are no stall.
      case DEMANDED, CONDEMNED -> traits.progressWouldShow(running.since()) ? running : fresh;
      // Their time was no proof of anything; from now on somebody waits.
      case DOUBTFUL, LEFT_BEHIND, UNDECIDABLE, STOPPED_UNSEEN -> fresh;
    };
  }
}
