package dev.selfheal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.testkit.ToolRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Prometheus with the shipped rules that has scraped these series each 15 s, by promtool.
 *
 * @param series by their names with labels, the values in promtool's notation
 */
record Scraped(Map<String, String> series) {

  /**
   * What a query must give.
   *
   * @param at promtool's notation, counted from the first scrape
   * @param samples by their labels; none means no answer
   */
  record Expected(String at, Map<String, Number> samples) {}

  /** Fails unless a query gives all of that. */
  void assertGives(Path folder, String query, List<Expected> expected) throws IOException {
    List<Map<String, String>> input = new ArrayList<>();
    series.forEach((name, values) -> input.add(Map.of("series", name, "values", values)));
    List<Map<String, Object>> questions =
        expected.stream().map(each -> question(query, each)).toList();
    Map<String, Object> test =
        Map.of("interval", "15s", "input_series", input, "promql_expr_test", questions);
    Path rules = Path.of("rules/selfhealing_rules.yml").toAbsolutePath();
    Path file = folder.resolve("test.yml"); // JSON is YAML, too
    new ObjectMapper()
        .writeValue(
            file.toFile(), Map.of("rule_files", List.of(rules.toString()), "tests", List.of(test)));
    ToolRun run = ToolRun.promtool("test", "rules", file.toString());
    assertThat(run.output()).as(Files.readString(file)).contains("SUCCESS");
    assertThat(run.exitCode()).isZero();
  }

  private static Map<String, Object> question(String query, Expected expected) {
    List<Map<String, Object>> samples = new ArrayList<>();
    expected
        .samples()
        .forEach((labels, value) -> samples.add(Map.of("labels", labels, "value", value)));
    return Map.of("expr", query, "eval_time", expected.at(), "exp_samples", samples);
  }
}
