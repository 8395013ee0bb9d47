package dev.selfheal.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.remedy.Match;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The alerts by which the receiver is told that a target is frozen.
 *
 * @param names the alertnames that open an incident
 * @param match what their other labels are
 */
record Alerts(Set<String> names, Match match) {

  /**
   * Whether an alert with these labels is one of them.
   *
   * @param added what it is given on its way besides, where it has no label of that name
   */
  boolean holds(JsonNode labels, Map<String, String> added) {
    Map<String, String> given = new HashMap<>(added);
    labels.properties().forEach(label -> given.put(label.getKey(), label.getValue().asText()));
    return names.contains(given.getOrDefault("alertname", "")) && match.matches(given);
  }
}
