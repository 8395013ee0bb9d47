package dev.selfheal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import dev.selfheal.testkit.Dashboard;
import dev.selfheal.testkit.MetricShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the shipped dashboard asks for: metrics that there are, of what its reader has chosen. */
class DashboardQueriesTest {
  private static final Pattern SELECTOR =
      Pattern.compile("\\b((?:ollama_|selfheal[_:])[\\w:]+)(\\{[^}]*})?");

  /** As the shipped rules name what they keep: by its metric, and what became of it. */
  private static final Pattern RECORDED = Pattern.compile("selfheal:(\\w+):\\w+");

  private static final Pattern LABEL = Pattern.compile("(\\w+)(?:=~|!~|!=|=)\"");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z]\\w*)");

  /** A comparison with words, not with a variable. */
  private static final Pattern VALUE = Pattern.compile("(\\w+)(?:=~|!~|!=|=)\"([^$\"]+)\"");

  private static final Map<String, Set<String>> VALUES =
      Map.of(
          "reason", labels(Reason.values(), Reason::label),
          "outcome", labels(Outcome.values(), Outcome::label),
          "mode", labels(Mode.values(), Mode::label));

  private static final Dashboard SHIPPED = Dashboard.shipped();

  static Stream<Dashboard.Query> queries() {
    return SHIPPED.queries().stream();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void eachMetricIsDocumentedWithTheLabelsThatAreAskedFor(Dashboard.Query query) {
    Map<String, Set<String>> documented = documented();
    List<MatchResult> selectors = SELECTOR.matcher(query.text()).results().toList();
    assertThat(selectors).isNotEmpty();
    for (MatchResult selector : selectors) {
      assertThat(documented).containsKey(family(selector));
      assertThat(documented.getOrDefault(family(selector), Set.of())).containsAll(labels(selector));
    }
  }

  /** A value that was renamed would leave its panel empty, or worse: not held. */
  @ParameterizedTest
  @MethodSource("queries")
  void eachValueThatIsAskedForIsOneThatThereIs(Dashboard.Query query) {
    for (MatchResult asked : VALUE.matcher(query.text()).results().toList()) {
      assertThat(VALUES.getOrDefault(asked.group(1), Set.of()))
          .containsAll(List.of(asked.group(2).split("[|]", -1)));
    }
  }

  private static <T> Set<String> labels(T[] values, Function<T, String> label) {
    return Stream.of(values).map(label).collect(Collectors.toSet());
  }

  /** Variables fill their own lists from all that there is. */
  @ParameterizedTest
  @MethodSource("queries")
  void eachMetricIsFilteredByTheVariablesOfItsLabels(Dashboard.Query query) {
    if (query.where().startsWith("variable ")) {
      return;
    }
    for (MatchResult selector : SELECTOR.matcher(query.text()).results().toList()) {
      String filter = selector.group(2) == null ? "" : selector.group(2);
      MetricShape exporter = fromTextfile().get(family(selector));
      MetricShape receiver = fromReceiver().get(family(selector));
      assertThat(filter.contains("instance=~\"$instance\"")).isEqualTo(exporter != null);
      assertThat(filter.contains("gpu=~\"$gpu\"")).isEqualTo(has(exporter, "gpu"));
      assertThat(filter.contains("target=~\"$target\"")).isEqualTo(has(receiver, "target"));
    }
  }

  @Test
  void whatIsRecordedIsRecordedByTheShippedRules() throws IOException {
    String rules = Files.readString(Path.of("rules/selfhealing_rules.yml"));
    List<String> recorded =
        queries()
            .flatMap(query -> RECORDED.matcher(query.text()).results())
            .map((MatchResult found) -> found.group())
            .toList();
    assertThat(recorded).isNotEmpty().allMatch(name -> rules.contains("record: " + name + "\n"));
  }

  @Test
  void eachVariableIsDefinedAndUsed() {
    Set<String> defined =
        SHIPPED.variables().stream()
            .map(each -> each.path("name").asText())
            .collect(Collectors.toSet());
    Set<String> used =
        VARIABLE
            .matcher(SHIPPED.root().toString())
            .results()
            .map((MatchResult found) -> found.group(1))
            .collect(Collectors.toSet());
    assertThat(used).isEqualTo(defined).hasSize(4);
    assertThat(SHIPPED.variables().subList(1, 4))
        .allMatch(each -> each.path("multi").asBoolean() && each.path("includeAll").asBoolean());
  }

  @Test
  void restartsAreDrawnIntoEachPanelWithTargetAndOutcome() {
    assertThat(SHIPPED.annotations()).hasSize(1);
    JsonNode restarts = SHIPPED.annotations().get(0);
    assertThat(restarts.path("expr").asText()).contains("ollama_selfheal_restarts_total");
    assertThat(restarts.path("titleFormat").asText()).contains("{{target}}", "{{outcome}}");
  }

  /** The labels that may be asked for, by metric. */
  private static Map<String, Set<String>> documented() {
    Map<String, Set<String>> labels = new HashMap<>();
    Stream.of(fromTextfile(), fromReceiver())
        .forEach(shapes -> shapes.forEach((name, shape) -> labels.put(name, withHost(shape))));
    return labels;
  }

  private static Set<String> withHost(MetricShape shape) {
    Set<String> labels = new TreeSet<>(shape.labels());
    labels.add("instance");
    return labels;
  }

  private static Map<String, MetricShape> fromTextfile() {
    return MetricShape.documented("The exporter");
  }

  private static Map<String, MetricShape> fromReceiver() {
    Map<String, MetricShape> both = new HashMap<>(MetricShape.documented("The receiver"));
    both.putAll(MetricShape.documented("The daily proof"));
    return both;
  }

  private static boolean has(@Nullable MetricShape shape, String label) {
    return shape != null && shape.labels().contains(label);
  }

  private static String family(MatchResult selector) {
    return RECORDED
        .matcher(selector.group(1))
        .replaceFirst("selfheal_$1")
        .replaceFirst("_(bucket|count|sum)$", "");
  }

  private static Set<String> labels(MatchResult selector) {
    return LABEL
        .matcher(selector.group(2) == null ? "" : selector.group(2))
        .results()
        .map((MatchResult label) -> label.group(1))
        .collect(Collectors.toSet());
  }
}
