package dev.selfheal.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a metric looks like to whoever queries it.
 *
 * @param type such as {@code gauge}
 * @param labels their names
 */
public record MetricShape(String type, Set<String> labels) {
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\w+) (\\w+)");
  private static final Pattern SERIES = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");
  private static final Set<String> OF_HISTOGRAMS = Set.of("le");

  public MetricShape {
    labels = Set.copyOf(labels);
  }

  /** Those of a page in Prometheus' text format, by name; of a histogram it is the common one. */
  public static Map<String, MetricShape> exported(String text) {
    Map<String, String> types = new TreeMap<>();
    Map<String, Set<String>> labels = new HashMap<>();
    for (String line : text.lines().toList()) {
      Matcher type = TYPE.matcher(line);
      Matcher series = SERIES.matcher(line);
      if (type.matches()) {
        types.put(type.group(1), type.group(2));
      } else if (!line.startsWith("#") && series.matches()) {
        labels
            .computeIfAbsent(family(series.group(1), types), unused -> new TreeSet<>())
            .addAll(names(series.group(2)));
      }
    }
    return types.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                type ->
                    new MetricShape(
                        type.getValue(), labels.getOrDefault(type.getKey(), Set.of()))));
  }

  private static String family(String series, Map<String, String> types) {
    String common = series.replaceFirst("_(bucket|count|sum)$", "");
    return types.getOrDefault(common, "").equals("histogram") ? common : series;
  }

  private static Set<String> names(String labels) {
    return labels == null
        ? Set.of()
        : LABEL
            .matcher(labels)
            .results()
            .map((MatchResult label) -> label.group(1))
            .filter(name -> !OF_HISTOGRAMS.contains(name))
            .collect(Collectors.toSet());
  }

  /** Those of a section of {@code docs/metrics.md}, by name. */
  public static Map<String, MetricShape> documented(String section) {
    return DocPage.of("docs/metrics.md").rows(section).stream()
        .collect(
            Collectors.toMap(
                row -> quoted(row.get(0)).findFirst().orElseThrow(),
                row ->
                    new MetricShape(row.get(1), quoted(row.get(2)).collect(Collectors.toSet()))));
  }

  private static Stream<String> quoted(String cell) {
    List<MatchResult> found = NAME.matcher(cell).results().toList();
    return found.stream().map(name -> name.group(1));
  }
}
