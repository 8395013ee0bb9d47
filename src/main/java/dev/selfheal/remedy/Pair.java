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

  /** Whether it fires as far as this receiver knows: neither resolved nor withdrawn by silence. */
  public boolean firingAt(Instant now) {
    return status == Status.FIRING && !silentAt(now);
  }

  private boolean silentAt(Instant now) {
    return repeat()
        .map(every -> !now.isBefore(lastHeard.plus(every.multipliedBy(REPEATS_MISSED))))
        .orElse(false);
  }
}
