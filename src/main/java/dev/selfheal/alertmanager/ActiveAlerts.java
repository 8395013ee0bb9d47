package dev.selfheal.alertmanager;

import java.util.Set;

/** What Alertmanager says about the alerts that are active now, or why it says nothing. */
public sealed interface ActiveAlerts {

  /**
   * Alertmanager answered.
   *
   * @param fingerprints of the alerts that fire and are neither silenced, inhibited nor muted, in
   *     lower case; an Alertmanager that has just started knows none until Prometheus sends again
   */
  record Known(Set<String> fingerprints) implements ActiveAlerts {

    /** Copies the set. */
    public Known {
      fingerprints = Set.copyOf(fingerprints);
    }

    /** Returns whether the alert with this fingerprint is active. */
    public boolean contains(String fingerprint) {
      return fingerprints.contains(fingerprint);
    }
  }

  /**
   * Nobody can say: no answer, or none that can be trusted. Never to be read as "nothing fires".
   *
   * @param why one line for an operator
   */
  record Unreachable(String why) implements ActiveAlerts {}
}
