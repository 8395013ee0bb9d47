package dev.selfheal.dispatch;

import dev.selfheal.remedy.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From when the time to recovery is measured.
 *
 * @param sinceOrNull the oldest usable startsAt of the alerts that fire; null if there is none
 */
record Recovery(@Nullable Instant sinceOrNull) {

  /** No alert asked for it. */
  static final Recovery UNMEASURED = new Recovery(null);

  /** A startsAt further back than this, such as the year 1, is not a time to measure from. */
  private static final Duration LONGEST = Duration.ofDays(7);

  static Recovery of(Situation situation, Instant now) {
    return new Recovery(
        situation.incident().stream()
            .map(incident -> incident.firing(now))
            .flatMap(pairs -> pairs.stream().map(pair -> pair.key().startsAt()))
            .filter(since -> usable(since, now))
            .min(Instant::compareTo)
            .orElse(null));
  }

  /** The time until now; empty if the clocks do not agree enough to tell. */
  Optional<Duration> took(Instant now) {
    return Optional.ofNullable(sinceOrNull)
        .filter(since -> usable(since, now))
        .map(since -> Duration.between(since, now));
  }

  private static boolean usable(Instant since, Instant now) {
    return !since.isAfter(now) && !since.isBefore(now.minus(LONGEST));
  }
}
