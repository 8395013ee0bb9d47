package dev.selfheal.remedy;

import dev.selfheal.alert.AlertKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One alert pair (fingerprint and startsAt) as an incident holds it.
 *
 * @param firstHeard when this receiver first heard of it
 * @param lastHeard when this receiver last heard that it fires
 * @param repeatOrNull how often a direct source promised to repeat it
 */
public record Pair(
    AlertKey key,
    Source source,
    Status status,
    Instant firstHeard,
    Instant lastHeard,
    @Nullable Duration repeatOrNull) {

  /** A direct source that stays silent for this many of its repeats has withdrawn its alert. */
  public static final int REPEATS_MISSED = 3;

  /** How often a direct source repeats its alert if it promises nothing. */
  public static final Duration DEFAULT_REPEAT = Duration.ofMinutes(1);

  /** Who told this receiver. */
  public enum Source {
    ALERTMANAGER,
    DIRECT,
    MANUAL
  }

  /** What this receiver was last told. */
  public enum Status {
    FIRING,
    RESOLVED
  }

  /** How often a direct source promised to repeat it. */
  public Optional<Duration> repeat() {
    return Optional.ofNullable(repeatOrNull);
  }

  /**
   * Whether it fires as far as this receiver knows: neither resolved nor withdrawn by silence. A
   * manual request is no alert: it asks for one attempt, and nothing fires after that.
   */
  public boolean firingAt(Instant now) {
    return status == Status.FIRING && source != Source.MANUAL && !withdrawnAt(now);
  }

  /** Whether a direct source has stayed silent about it for too long. */
  public boolean withdrawnAt(Instant now) {
    if (source != Source.DIRECT || status != Status.FIRING) {
      return false;
    }
    Duration every = repeat().orElse(DEFAULT_REPEAT);
    return !now.isBefore(lastHeard.plus(every.multipliedBy(REPEATS_MISSED)));
  }
}
