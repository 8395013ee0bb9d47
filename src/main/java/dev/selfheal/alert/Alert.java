package dev.selfheal.alert;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One alert as a receiver hears of it. Its labels and annotations are whatever the sender wrote,
 * control characters included: they select a configured target and are never executed or trusted.
 *
 * @param key which firing of which alert this is
 * @param status judged for this alert alone, never for the group it came in
 * @param labels what identifies the alert, in the sender's order; unmodifiable
 * @param annotations what describes the alert to people; unmodifiable
 */
public record Alert(
    AlertKey key, AlertStatus status, Map<String, String> labels, Map<String, String> annotations) {

  /** Copies both maps, so that a later change of the given ones is not seen here. */
  public Alert {
    labels = frozen(labels);
    annotations = frozen(annotations);
  }

  /** Returns the alert's name, the label {@code alertname}, or the empty string without one. */
  public String name() {
    return labels.getOrDefault("alertname", "");
  }

  // Not Map.copyOf: its linear probing takes quadratic time for keys made to collide, and the keys
  // here come from the network. A HashMap turns such buckets into trees.
  private static Map<String, String> frozen(Map<String, String> map) {
    return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
