package dev.selfheal.alertmanager;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Alertmanager says about the alerts that fire now, or why it says nothing. */
public sealed interface ActiveAlerts {

  /** What this answer leaves open, and why, in one line for an operator; empty if nothing. */
  Optional<String> gap();

  /**
   * Alertmanager answered. Fingerprints are in lower case.
   *
   * @param active the alerts that fire and are neither silenced, inhibited nor muted
   * @param suppressed the alerts that are silenced, inhibited or muted
   * @param gapOrNull why an alert in neither set may fire all the same; null if it does not. An
   *     Alertmanager that has just started knows no alert until Prometheus sends it again
   */
  record Known(Set<String> active, Set<String> suppressed, @Nullable String gapOrNull)
      implements ActiveAlerts {

    /** Copies the sets. */
    public Known {
      active = Set.copyOf(active);
      suppressed = Set.copyOf(suppressed);
    }

    @Override
    public Optional<String> gap() {
      return Optional.ofNullable(gapOrNull);
    }

    /** Returns whether the alert with this fingerprint is active. */
    public boolean isActive(String fingerprint) {
      return active.contains(fingerprint);
    }

    /**
     * Returns whether the alert with this fingerprint is certainly not active: suppressed, or
     * absent from an answer without a gap. Not the opposite of {@link #isActive}.
     */
    public boolean isOver(String fingerprint) {
      return !isActive(fingerprint) && (suppressed.contains(fingerprint) || gapOrNull == null);
    }
  }

  /**
   * Nobody can say: no answer, or none that can be trusted. Never to be read as "nothing fires".
   *
   * @param why one line for an operator
   */
  record Unreachable(String why) implements ActiveAlerts {

    @Override
    public Optional<String> gap() {
      return Optional.of(why);
    }
  }
}
