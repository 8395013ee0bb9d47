package dev.selfheal.alert;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The identity of one firing of one alert: the same labels that fire again later make another key.
 *
 * @param fingerprint Alertmanager's hash of the labels, 16 hex digits in lower case
 * @param startsAt when it began to fire, by the clock of the host that saw it; an identity, not a
 *     time to compare with this host's clock. Whole milliseconds: Alertmanager's notifications tell
 *     nanoseconds and its API cuts them off, and both must mean the same firing
 */
public record AlertKey(String fingerprint, Instant startsAt) {

  /** Cuts the time to milliseconds. */
  public AlertKey {
    startsAt = startsAt.truncatedTo(ChronoUnit.MILLIS);
  }
}
