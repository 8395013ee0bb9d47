package dev.selfheal.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.testkit.Dashboard;
import dev.selfheal.testkit.Dashboard.Kind;
import dev.selfheal.testkit.Dashboard.Query;
import dev.selfheal.testkit.PrometheusProcess;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The queries of the shipped dashboard, as Grafana sends them for the last ten minutes.
 *
 * @param choices what is chosen for each variable
 */
record AskedLikeGrafana(PrometheusProcess prometheus, Map<String, String> choices) {
  private static final Pattern MINUTES = Pattern.compile("(\\d+)m");
  private static final int RANGE_SECONDS = 600;
  private static final int STEP_SECONDS = 15;

  /** With "All" for each variable, which is what the dashboard says it means. */
  static AskedLikeGrafana all(PrometheusProcess prometheus) {
    Map<String, String> all = new HashMap<>();
    for (JsonNode variable : Dashboard.shipped().variables()) {
      all.put(variable.path("name").asText(), variable.path("allValue").asText());
    }
    return new AskedLikeGrafana(prometheus, all);
  }

  /** The queries that are refused, or whose answer holds no number, with why. */
  List<String> unanswered() throws IOException {
    List<String> unanswered = new ArrayList<>();
    for (Query query : Dashboard.shipped().queries()) {
      JsonNode answer = answer(query);
      if (numbers(answer).isEmpty()) {
        String error = answer.path("error").asText("no data");
        unanswered.add(query.where() + ": " + error + ": " + expression(query));
      }
    }
    return unanswered;
  }

  /** What the first query of a panel shows, rounded; NaN among it is left out. */
  List<Long> shows(String title) throws IOException {
    return numbers(answer(Dashboard.shipped().queries(title).get(0))).stream()
        .map(Math::round)
        .toList();
  }

  private JsonNode answer(Query query) throws IOException {
    if (query.kind() == Kind.INSTANT) {
      return prometheus.ask("query", Map.of("query", expression(query)));
    }
    long now = Clock.systemUTC().millis() / 1000;
    return prometheus.ask(
        "query_range",
        Map.of(
            "query", expression(query),
            "start", Long.toString(now - RANGE_SECONDS),
            "end", Long.toString(now),
            "step", Integer.toString(step(query))));
  }

  private String expression(Query query) {
    Map<String, String> values = new HashMap<>(choices);
    values.put("__interval", step(query) + "s");
    values.put("__rate_interval", "60s");
    values.put("__range", RANGE_SECONDS + "s");
    return query.with(values);
  }

  private static int step(Query query) {
    Matcher minutes = MINUTES.matcher(query.interval());
    return minutes.matches() ? Integer.parseInt(minutes.group(1)) * 60 : STEP_SECONDS;
  }

  private static List<Double> numbers(JsonNode answer) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode series : answer.at("/data/result")) {
      Dashboard.items(series.path("values")).forEach(each -> numbers.add(number(each)));
      if (series.has("value")) {
        numbers.add(number(series.path("value")));
      }
    }
    numbers.removeIf(each -> each.isNaN());
    return numbers;
  }

  private static double number(JsonNode sample) {
    String text = sample.path(1).asText();
    return text.endsWith("Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }
}
