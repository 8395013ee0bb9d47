package dev.selfheal.remedy;

import java.time.Instant;
import java.util.Optional;

/**
 * How far the configuration lets the receiver go with a target.
 *
 * @param mode what becomes of the wish to restart it
 * @param quietHours when it is left alone whatever happens
 */
public record Permission(Mode mode, QuietHours quietHours) {

  /** A permission for every hour. */
  public static Permission always(Mode mode) {
    return new Permission(mode, QuietHours.NONE);
  }

  /** When the quiet hours of now end; empty if it is none now. */
  public Optional<Instant> quietUntil(Instant now) {
    return quietHours.until(now);
  }
}
