package dev.selfheal.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The shipped Grafana dashboard, and what it asks Prometheus. */
public record Dashboard(JsonNode root) {
  private static final Path SHIPPED = Path.of("docs/grafana/ollama-selfheal.json");
  private static final Pattern VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

  /** How Grafana asks: for one moment, or for a time in steps. */
  public enum Kind {
    INSTANT,
    RANGE
  }

  /**
   * One question to Prometheus.
   *
   * @param where the panel, the annotation or the variable that asks
   * @param text PromQL, with Grafana's variables
   * @param interval the least time between two points, as {@code 5m}; empty if any will do
   */
  public record Query(String where, String text, Kind kind, String interval) {

    /** Its PromQL with each variable replaced by its value, longer names first. */
    public String with(Map<String, String> values) {
      String expression = text;
      for (String name : values.keySet().stream().sorted(LONGEST_FIRST).toList()) {
        expression = expression.replace("$" + name, values.get(name));
      }
      return expression;
    }

    private static final Comparator<String> LONGEST_FIRST =
        Comparator.comparingInt(String::length).reversed();
  }

  /** Reads it. */
  public static Dashboard shipped() {
    try {
      return new Dashboard(new ObjectMapper().readTree(SHIPPED.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The panels that show something, without the headings of the rows. */
  public List<JsonNode> panels() {
    return boxes().stream().filter(box -> !box.path("type").asText().equals("row")).toList();
  }

  /** All that has a place: panels, and the headings of the rows. */
  public List<JsonNode> boxes() {
    return items(root.path("panels")).toList();
  }

  /** The annotations that ask Prometheus. */
  public List<JsonNode> annotations() {
    return items(root.at("/annotations/list")).filter(each -> each.has("expr")).toList();
  }

  /** The variables, the choice of the Prometheus among them. */
  public List<JsonNode> variables() {
    return items(root.at("/templating/list")).toList();
  }

  /** All that it asks: for panels, annotations and the choices of variables. */
  public List<Query> queries() {
    List<Query> queries = new ArrayList<>();
    panels().forEach(panel -> queries.addAll(queries(panel)));
    for (JsonNode each : annotations()) {
      String where = "annotation " + each.path("name").asText();
      queries.add(
          new Query(where, each.path("expr").asText(), Kind.RANGE, each.path("step").asText()));
    }
    for (JsonNode each : variables()) {
      Matcher values = VALUES.matcher(each.at("/query/query").asText());
      if (values.matches()) {
        String choices = "group by (%s) (%s)".formatted(values.group(2), values.group(1));
        String where = "variable " + each.path("name").asText();
        queries.add(new Query(where, choices, Kind.INSTANT, ""));
      }
    }
    return queries;
  }

  /** What the panel with this title asks. */
  public List<Query> queries(String title) {
    return panels().stream()
        .filter(panel -> panel.path("title").asText().equals(title))
        .flatMap(panel -> queries(panel).stream())
        .toList();
  }

  private static List<Query> queries(JsonNode panel) {
    return items(panel.path("targets"))
        .map(
            target ->
                new Query(
                    panel.path("title").asText() + " " + target.path("refId").asText(),
                    target.path("expr").asText(),
                    target.path("instant").asBoolean() ? Kind.INSTANT : Kind.RANGE,
                    panel.path("interval").asText()))
        .toList();
  }

  /** The elements of an array. */
  public static Stream<JsonNode> items(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
