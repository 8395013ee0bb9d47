package dev.selfheal.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of metrics in Prometheus' text format, as exporters write it: one series a line, no
 * timestamps. Lines of any other shape are passed over.
 */
public final class PromText {
  private static final Pattern SERIES =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  private final Map<String, List<Row>> rows = new TreeMap<>();

  /** A series: the text of its labels, and its value. */
  private record Row(String labels, double value) {}

  private PromText() {}

  /** Reads a page. */
  public static PromText parse(String text) {
    PromText page = new PromText();
    text.lines().forEach(page::add);
    return page;
  }

  /** The value of a metric that has a single series; empty if it has none or several. */
  public OptionalDouble value(String metric) {
    List<Row> found = rows.getOrDefault(metric, List.of());
    return found.size() == 1 ? OptionalDouble.of(found.get(0).value()) : OptionalDouble.empty();
  }

  /** The value of the series of a metric that has a label of that value; empty if none has. */
  public OptionalDouble value(String metric, String label, String is) {
    return rows.getOrDefault(metric, List.of()).stream()
        .filter(row -> label(row.labels(), label).equals(Optional.of(is)))
        .mapToDouble(Row::value)
        .findFirst();
  }

  /** Whether any series of a metric has such a value. */
  public boolean any(String metric, DoublePredicate value) {
    return rows.getOrDefault(metric, List.of()).stream().mapToDouble(Row::value).anyMatch(value);
  }

  /** The value of a label in the first series of a metric that is 1; empty if none is. */
  public Optional<String> labelOfOne(String metric, String label) {
    return rows.getOrDefault(metric, List.of()).stream()
        .filter(row -> row.value() == 1)
        .findFirst()
        .flatMap(row -> label(row.labels(), label));
  }

  private static Optional<String> label(String labels, String name) {
    return LABEL
        .matcher(labels)
        .results()
        .filter(match -> match.group(1).equals(name))
        .map(match -> match.group(2))
        .findFirst();
  }

  private void add(String line) {
    Matcher series = SERIES.matcher(line);
    if (!series.matches()) {
      return;
    }
    try {
      double value = number(series.group(3));
      String labels = series.group(2) == null ? "" : series.group(2);
      rows.computeIfAbsent(series.group(1), unseen -> new ArrayList<>())
          .add(new Row(labels, value));
    } catch (NumberFormatException e) {
      return; // not a value: the line says nothing
    }
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
