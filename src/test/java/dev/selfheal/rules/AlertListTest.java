package dev.selfheal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What users were promised of the alerts: their names, and what each one carries. */
class AlertListTest {
  private static final String RUNBOOK = "file:///usr/share/doc/ollama-selfheal/runbook/";
  private static final List<String> PROMISED =
      List.of(
          "OllamaFrozen",
          "OllamaDown",
          "OllamaCpuFallback",
          "OllamaStalledSlow",
          "OllamaGpuLost",
          "OllamaExporterStale",
          "OllamaExporterProbeFailing",
          "SelfhealBudgetExhausted",
          "SelfhealNotRecovered",
          "SelfhealDown",
          "SelfhealDeploymentUnverified",
          "SelfhealDrillOverdue",
          "SelfhealWebhookRejected",
          "SelfhealNotificationsFailing");

  @Test
  void theRulesHoldEachPromisedAlertOnceAndNoOther() {
    assertThat(names()).containsExactlyInAnyOrderElementsOf(PROMISED);
  }

  @Test
  void eachAlertHasAPromtoolTestThatFiresIt() {
    assertThat(RuleFile.alertsThatATestFires()).containsExactlyInAnyOrderElementsOf(PROMISED);
  }

  @TestFactory
  Stream<DynamicTest> eachAlertSaysHowBadItIsWhatItSawAndWhereToReadOn() {
    return RuleFile.alerts().stream()
        .map(alert -> DynamicTest.dynamicTest(name(alert), () -> check(alert)));
  }

  private static void check(JsonNode alert) {
    JsonNode annotations = alert.path("annotations");
    assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
    assertThat(annotations.path("summary").asText()).isNotBlank().doesNotContain("\n");
    assertThat(annotations.path("description").asText()).contains("$value").doesNotContain("\n");
    assertThat(annotations.path("runbook_url").asText()).isEqualTo(RUNBOOK + name(alert) + ".md");
  }

  private static List<String> names() {
    return RuleFile.alerts().stream().map(AlertListTest::name).toList();
  }

  private static String name(JsonNode alert) {
    return alert.path("alert").asText();
  }
}
