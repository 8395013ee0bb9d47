package dev.selfheal.alertmanager;

import dev.selfheal.alert.Alert;
import java.util.List;
import java.util.Set;

/** The alerts that Alertmanager tells people of now, or why it does not say. */
public sealed interface FiringAlerts {

  /**
   * Alertmanager answered. That an alert is not there says nothing.
   *
   * @param routed those that fire and are neither silenced, inhibited nor muted
   */
  record Known(List<Routed> routed) implements FiringAlerts {

    /** Copies the list. */
    public Known {
      routed = List.copyOf(routed);
    }
  }

  /**
   * One alert, and whom Alertmanager tells of it.
   *
   * @param receivers the names that {@code alertmanager.yml} gives them
   */
  record Routed(Alert alert, Set<String> receivers) {

    /** Copies the set. */
    public Routed {
      receivers = Set.copyOf(receivers);
    }
  }

  /**
   * No answer, or none that can be trusted.
   *
   * @param why one line for an operator
   */
  record Unreachable(String why) implements FiringAlerts {}
}
