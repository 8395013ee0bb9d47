package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.sample.LoadedModel;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code expires_at} of one loaded model says about a request that holds its runner. An
 * idle model's stands still in the future. One in the past is held by a request; one that moves
 * with every look is, too, before Ollama 0.30, if no new request went in.
 */
final class ExpiryWatch {
  /** A difference between the two clocks' progress beyond this is a stepped clock. */
  private static final Duration STEP = Duration.ofSeconds(2);

  private @Nullable Instant expires;
  private Duration shift = Duration.ZERO;
  private boolean seenAhead;
  private boolean past;
  private boolean slides;

  /**
   * Notes a row of {@code /api/ps}.
   *
   * @param wall the host's clock, from which Ollama took the time
   * @param stepped how far that clock was stepped since the sample before
   */
  void add(LoadedModel model, Instant wall, Duration stepped) {
    Instant now = model.expiresAt();
    boolean step = stepped.abs().compareTo(STEP) > 0;
    slides = now != null && expires != null && now.isAfter(expires) && !step;
    if (now == null || !now.equals(expires)) {
      shift = Duration.ZERO;
      seenAhead = expires != null && !step; // computed while it was watched
    } else if (step) {
      shift = shift.plus(stepped); // computed before the step
    }
    expires = now;
    past = now != null && wall.isAfter(now.plus(shift));
    seenAhead |= now != null && !past;
  }

  /** Its time has passed while it was watched, and it is still listed. */
  boolean passed() {
    return past && seenAhead;
  }

  /** Its time had already passed when it was first seen: a stepped clock looks the same. */
  boolean foundPast() {
    return past && !seenAhead;
  }

  /** It moved since the sample before. */
  boolean slides() {
    return slides;
  }
}
