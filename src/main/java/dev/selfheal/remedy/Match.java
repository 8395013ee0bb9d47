package dev.selfheal.remedy;

import java.util.List;
import java.util.Map;

/**
 * Which alerts concern a target: every label given must be equal. A match without any label matches
 * nothing.
 *
 * @param labels label names and the exact values they must have
 * @param instanceHosts if not empty, the label {@code instance} without its port must be one of
 *     these; used by the built-in target alone
 */
public record Match(Map<String, String> labels, List<String> instanceHosts) {

  public Match {
    labels = Map.copyOf(labels);
    instanceHosts = List.copyOf(instanceHosts);
  }

  /** A match on labels alone. */
  public static Match on(Map<String, String> labels) {
    return new Match(labels, List.of());
  }

  /** Whether an alert with these labels concerns the target. */
  public boolean matches(Map<String, String> alertLabels) {
    if (labels.isEmpty() && instanceHosts.isEmpty()) {
      return false;
    }
    return labels.entrySet().stream().allMatch(e -> e.getValue().equals(alertLabels.get(e.getKey())))
        && (instanceHosts.isEmpty()
            || instanceHosts.contains(hostPart(alertLabels.getOrDefault("instance", ""))));
  }

  /** {@code host} of {@code host:9100}, {@code ::1} of {@code [::1]:9100}. */
  static String hostPart(String instance) {
    if (instance.startsWith("[")) {
      int end = instance.indexOf(']');
      return end < 0 ? instance : instance.substring(1, end);
    }
    int colon = instance.indexOf(':');
    boolean ipv6WithoutPort = colon >= 0 && colon != instance.lastIndexOf(':');
    return colon < 0 || ipv6WithoutPort ? instance : instance.substring(0, colon);
  }
}
