package dev.selfheal.remedy;

import java.time.Instant;

/**
 * An operator's order to leave a target, or all of them, alone.
 *
 * @param until {@link Decision#NO_END} if it lasts until somebody resumes
 * @param reason the operator's own words
 */
public record Pause(Instant until, String reason) {

  /** Whether the order still stands. */
  public boolean holdsAt(Instant now) {
    return now.isBefore(until);
  }
}
