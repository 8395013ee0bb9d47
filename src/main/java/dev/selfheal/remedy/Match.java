package dev.selfheal.remedy;

import java.util.List;
import java.util.Map;

/**
 * Which alerts concern a target: every label given must be equal. A match without any label matches
 * nothing, and so does an empty value: Prometheus does not tell it from a label that is missing.
 *
 * @param labels label names and the exact values they must have
 * @param instanceHosts if not empty, the label {@code instance} without its port must be one of
 *     these; used by the built-in target alone
 */
public record Match(Map<String, String> labels, List<String> instanceHosts) {

  public Match {
    labels = Map.copyOf(labels);
    instanceHosts = instanceHosts.stream().map(InstanceHost::canonical).distinct().toList();
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
    return labels.entrySet().stream().allMatch(label -> isIn(alertLabels, label))
        && (instanceHosts.isEmpty() || isOneOfTheHosts(alertLabels.getOrDefault("instance", "")));
  }

  private static boolean isIn(Map<String, String> alertLabels, Map.Entry<String, String> label) {
    return !label.getValue().isEmpty() && label.getValue().equals(alertLabels.get(label.getKey()));
  }

  private boolean isOneOfTheHosts(String instance) {
    String host = InstanceHost.of(instance);
    return !host.isEmpty() && instanceHosts.contains(host);
  }
}
