package dev.selfheal.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A series of Prometheus with its value of now. */
record Series(Map<String, String> labels, double value) {

  /** The result of an instant query. */
  static List<Series> of(JsonNode vector) {
    return Trees.items(vector).map(Series::one).toList();
  }

  /** The same with further labels, where it has none of these names. */
  Series with(Map<String, String> further) {
    Map<String, String> all = new HashMap<>(further);
    all.putAll(labels);
    return new Series(all, value);
  }

  String label(String name) {
    return labels.getOrDefault(name, "");
  }

  /** Whether both come from one scrape. */
  boolean beside(Series other) {
    return label("job").equals(other.label("job"))
        && label("instance").equals(other.label("instance"));
  }

  private static Series one(JsonNode each) {
    Map<String, String> labels = new HashMap<>();
    each.path("metric")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return new Series(labels, each.path("value").path(1).asDouble());
  }
}
