package dev.selfheal.docs;

import static dev.selfheal.testkit.Dashboard.items;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.metrics.ReceiverMetrics;
import dev.selfheal.testkit.Dashboard;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped dashboard as a file: what Grafana needs, and what its readers need. */
class DashboardTest {
  private static final int COLUMNS = 24;
  private static final String ASKED = "${datasource}";

  private static final Dashboard SHIPPED = Dashboard.shipped();

  static Stream<JsonNode> panels() {
    return SHIPPED.panels().stream();
  }

  @Test
  void grafanaNineCanImportItAndANewerOneReplacesIt() {
    JsonNode root = SHIPPED.root();
    assertThat(root.path("schemaVersion").asInt()).isEqualTo(36);
    assertThat(root.path("uid").asText()).matches("[a-z-]{1,40}");
    assertThat(root.path("id").isNull()).isTrue();
    assertThat(root.path("__inputs")).isEmpty();
    Set<String> required =
        items(root.path("__requires"))
            .filter(each -> each.path("type").asText().equals("panel"))
            .map(each -> each.path("id").asText())
            .collect(Collectors.toSet());
    assertThat(panels().map(panel -> panel.path("type").asText()).collect(Collectors.toSet()))
        .isEqualTo(required);
  }

  @Test
  void noTwoPanelsHaveOneNumberOrOneTitle() {
    assertThat(SHIPPED.boxes()).map(box -> box.path("id").asInt()).doesNotHaveDuplicates();
    assertThat(SHIPPED.boxes()).map(box -> box.path("title").asText()).doesNotHaveDuplicates();
  }

  @Test
  void noTwoPanelsLieOnOneAnother() {
    Map<List<Integer>, String> taken = new HashMap<>();
    for (JsonNode box : SHIPPED.boxes()) {
      JsonNode at = box.path("gridPos");
      String title = box.path("title").asText();
      int left = at.path("x").asInt();
      int right = left + at.path("w").asInt();
      assertThat(right).as(title).isGreaterThan(left).isLessThanOrEqualTo(COLUMNS);
      assertThat(at.path("h").asInt()).as(title).isPositive();
      for (int x = left; x < right; x++) {
        for (int y = at.path("y").asInt(); y < at.path("y").asInt() + at.path("h").asInt(); y++) {
          assertThat(taken.put(List.of(x, y), title)).as("below " + title).isNull();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("panels")
  void eachPanelSaysWhatItShowsInWhichUnitAndAsksTheChosenPrometheus(JsonNode panel) {
    assertThat(panel.path("title").asText()).isNotBlank();
    assertThat(panel.path("description").asText()).endsWith(".");
    assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
    assertThat(panel.at("/datasource/uid").asText()).isEqualTo(ASKED);
    List<JsonNode> targets = items(panel.path("targets")).toList();
    assertThat(targets).isNotEmpty().allMatch(each -> !each.path("expr").asText().isBlank());
    assertThat(targets).allMatch(each -> each.at("/datasource/uid").asText().equals(ASKED));
    assertThat(targets).map(each -> each.path("refId").asText()).doesNotHaveDuplicates();
    if (!panel.path("type").asText().equals("table")) {
      assertThat(targets).allMatch(each -> !each.path("legendFormat").asText().isBlank());
    }
  }

  @ParameterizedTest
  @MethodSource("panels")
  void eachPanelHasThresholdsThatCanBeSeen(JsonNode panel) {
    List<JsonNode> steps = items(panel.at("/fieldConfig/defaults/thresholds/steps")).toList();
    assertThat(steps).isNotEmpty();
    assertThat(steps.get(0).path("value").isNull()).as("the first has no lower end").isTrue();
    if (panel.path("type").asText().equals("timeseries") && steps.size() > 1) {
      assertThat(panel.at("/fieldConfig/defaults/custom/thresholdsStyle/mode").asText())
          .isEqualTo("line");
    }
  }

  /** A limit that is drawn where no alert fires would be worse than none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Oldest verification           | 86400   | timestamp_seconds) > 86400
          Age of the last verification  | 86400   | timestamp_seconds) > 86400
          Age of the last drill         | 3024000 | timestamp_seconds) > 35 * 86400
          Silent requests               | 900     | ollama_silent_request_seconds > 900
          Part of the models on the GPU | 0.9     | ollama_model_vram_ratio < 0.9
          Share of the threshold        | 1       | ollama_frozen_duration_seconds > ollama_frozen_threshold_seconds
          Age of the exporter's page    | 120     | unless changes(selfheal_exporter_last_run_timestamp_seconds[2m]) > 0
          Budget left                   | 1       | (selfheal_restart_budget_remaining) <= 0
          Restarts left                 | 1       | (selfheal_restart_budget_remaining) <= 0
          """)
  void theLimitsAreThoseOfTheRules(String title, double limit, String rule) throws IOException {
    assertThat(Files.readString(Path.of("rules/selfhealing_rules.yml"))).contains(rule);
    assertThat(limits(title)).contains(limit);
  }

  /** Nothing there is nobody who tells: the first colour would be that of a good value. */
  @Test
  void aStatWithoutAValueDoesNotLookWell() {
    List<JsonNode> stats =
        panels().filter(panel -> panel.path("type").asText().equals("stat")).toList();
    assertThat(stats).hasSizeGreaterThan(8).allMatch(stat -> !ofNothing(stat).equals("green"));
  }

  /** Grafana colours it by the mapping of null, or else by the lowest step. */
  private static String ofNothing(JsonNode stat) {
    JsonNode defaults = stat.at("/fieldConfig/defaults");
    return items(defaults.path("mappings"))
        .filter(mapping -> mapping.at("/options/match").asText().equals("null+nan"))
        .map(mapping -> mapping.at("/options/result/color").asText())
        .findFirst()
        .orElse(defaults.at("/thresholds/steps/0/color").asText());
  }

  /** Between two buckets a histogram guesses: it could not tell this side of a limit from that. */
  @ParameterizedTest
  @CsvSource({
    "Time to recover, 180, selfheal_time_to_recover_seconds",
    "Webhook latency, 15, selfheal_webhook_duration_seconds"
  })
  void theLimitsOfHistogramsAreBuckets(String title, double limit, String metric)
      throws IOException {
    assertThat(limits(title)).contains(limit);
    StringWriter page = new StringWriter();
    new ReceiverMetrics("1").write(page);
    assertThat(page.toString()).contains(metric + "_bucket{le=\"" + limit + "\"");
  }

  private static List<Double> limits(String title) {
    JsonNode panel =
        panels()
            .filter(each -> each.path("title").asText().equals(title))
            .findFirst()
            .orElseThrow();
    return items(panel.at("/fieldConfig/defaults/thresholds/steps"))
        .map(step -> step.path("value").asDouble())
        .toList();
  }
}
