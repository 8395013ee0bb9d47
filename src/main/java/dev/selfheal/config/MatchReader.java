package dev.selfheal.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads label names with their values. */
final class MatchReader {
  private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  /** {@code targets[].match}: the values that the labels of an alert must have. */
  static final Reader<Map<String, String>> READER =
      (node, problems) -> read(node, "it would match every alert", problems);

  /** {@code exporter.webhook.labels}: the values that the labels of an alert have. */
  static final Reader<Map<String, String>> LABELS =
      (node, problems) -> read(node, "no target would match", problems);

  private MatchReader() {}

  private static @Nullable Map<String, String> read(Node node, String why, Problems problems) {
    if (node.isNothing() || (node instanceof Node.Mapping empty && empty.entries().isEmpty())) {
      problems.error(node.place(), "must not be empty; " + why);
      return null;
    }
    if (!(node instanceof Node.Mapping mapping)) {
      Reader.reportUnexpected("a mapping of labels to values", node, problems);
      return null;
    }
    return labels(mapping, problems);
  }

  private static @Nullable Map<String, String> labels(Node.Mapping mapping, Problems problems) {
    Map<String, String> labels = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (name, node) -> {
              String value = Scalars.text().read(node, problems);
              if (!LABEL_NAME.matcher(name).matches()) {
                problems.error(
                    node.place(), "is not a label name; use letters, digits and underscores");
              } else if (value != null) {
                labels.put(name, value);
              }
            });
    return labels.size() == mapping.entries().size() ? labels : null;
  }
}
