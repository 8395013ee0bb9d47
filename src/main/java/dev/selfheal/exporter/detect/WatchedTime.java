package dev.selfheal.exporter.detect;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Time that was really watched. A pause between two samples counts for no more than {@link
 * #LONGEST} and a clock that goes back for nothing, so neither a sleep of the host nor a stepped
 * clock makes a stall longer than it was seen to be.
 */
final class WatchedTime {
  /** Six missed samples at the default interval. */
  static final Duration LONGEST = Duration.ofSeconds(30);

  private Duration watched = Duration.ZERO;
  private @Nullable Instant last;

  /** Notes a sample, and returns the time watched since the first. */
  Duration tick(Instant now) {
    watched = watched.plus(since(now));
    last = now;
    return watched;
  }

  /** Notes a sample that did not show what matters here: its time does not count. */
  Duration blink(Instant now) {
    last = now;
    return watched;
  }

  /** The time watched so far. */
  Duration watched() {
    return watched;
  }

  private Duration since(Instant now) {
    if (last == null || !now.isAfter(last)) {
      return Duration.ZERO;
    }
    Duration passed = Duration.between(last, now);
    return passed.compareTo(LONGEST) > 0 ? LONGEST : passed;
  }
}
