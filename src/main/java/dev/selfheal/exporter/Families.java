package dev.selfheal.exporter;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one page, in the order in which they were added. No series can be there twice, no
 * unknown value can be there at all, and no text from outside can break a line.
 */
final class Families {
  private static final int LONGEST_LABEL = 200;

  private final @Nullable String ollama;
  private final Map<String, Family> families = new LinkedHashMap<>();

  /**
   * @param ollama the value of the label {@code ollama} of every series; null for none
   */
  Families(@Nullable String ollama) {
    this.ollama = ollama;
  }

  /** A metric under construction. */
  final class Family {
    private final String name;
    private final Collector.Type type;
    private final String help;
    private final List<String> labels;
    private final Map<List<String>, Sample> series = new LinkedHashMap<>();

    private Family(String name, Collector.Type type, String help, List<String> labels) {
      this.name = name;
      this.type = type;
      this.help = help;
      this.labels = labels;
    }

    /** Adds a series, unless its value is unknown or there is one with these labels. */
    Family add(@Nullable Number value, String... labelValues) {
      if (value != null && !Double.isNaN(value.doubleValue())) {
        List<String> values = allValues(labelValues);
        series.putIfAbsent(values, new Sample(name, allNames(), values, value.doubleValue()));
      }
      return this;
    }

    /** The same with 1 for true and 0 for false. */
    Family add(@Nullable Boolean value, String... labelValues) {
      return add(value == null ? null : (Integer) (value ? 1 : 0), labelValues);
    }

    /** The same in seconds. */
    Family add(@Nullable Duration value, String... labelValues) {
      return add(value == null ? null : (Double) (value.toNanos() / 1e9), labelValues);
    }

    private List<String> allNames() {
      if (ollama == null) {
        return labels;
      }
      List<String> names = new ArrayList<>(labels);
      names.add("ollama");
      return names;
    }

    private List<String> allValues(String... given) {
      if (given.length != labels.size()) {
        throw new IllegalArgumentException(name + " has " + labels.size() + " labels");
      }
      List<String> values = new ArrayList<>();
      for (String value : given) {
        values.add(harmless(value));
      }
      if (ollama != null) {
        values.add(ollama);
      }
      return values;
    }

    private MetricFamilySamples samples() {
      return new MetricFamilySamples(name, type, help, List.copyOf(series.values()));
    }
  }

  /** A metric that goes up and down. */
  Family gauge(String name, String help, String... labels) {
    return family(name, Collector.Type.GAUGE, help, labels);
  }

  /** A metric that only grows; its name ends in {@code _total}. */
  Family counter(String name, String help, String... labels) {
    return family(name, Collector.Type.COUNTER, help, labels);
  }

  private Family family(String name, Collector.Type type, String help, String... labels) {
    Family family = new Family(name, type, help, List.of(labels));
    if (families.put(name, family) != null) {
      throw new IllegalStateException(name + " is there twice");
    }
    return family;
  }

  /** The page in Prometheus' text format; a metric without any series is left out. */
  String text() {
    List<MetricFamilySamples> filled =
        families.values().stream()
            .filter(family -> !family.series.isEmpty())
            .map(Family::samples)
            .toList();
    StringWriter out = new StringWriter();
    try {
      TextFormat.write004(out, Collections.enumeration(filled));
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be written", e);
    }
    return out.toString();
  }

  /** Of bounded length, and without anything that could end a line or is no text. */
  private static String harmless(String value) {
    StringBuilder safe = new StringBuilder();
    value.codePoints().limit(LONGEST_LABEL).forEach(c -> safe.appendCodePoint(isText(c) ? c : '?'));
    return safe.toString();
  }

  private static boolean isText(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
