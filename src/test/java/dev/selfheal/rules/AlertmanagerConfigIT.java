package dev.selfheal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.AlertmanagerProcess;
import dev.selfheal.testkit.ToolRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped Alertmanager configuration before Debian's amtool and Alertmanager. */
class AlertmanagerConfigIT {
  private static final Path CONFIG = Path.of("alertmanager/alertmanager.yml").toAbsolutePath();

  @Test
  void amtoolFindsNothingWrongWithIt() {
    ToolRun run = ToolRun.amtool("check-config", CONFIG.toString());
    assertThat(run.output()).contains("SUCCESS", "2 receivers");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aRealAlertmanagerStartsWithIt() throws IOException {
    try (AlertmanagerProcess alertmanager =
        new AlertmanagerProcess(Files.readString(CONFIG), AlertmanagerProcess.ALONE)) {
      assertThat(alertmanager.notificationsFailed()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "selfheal, alertname=OllamaFrozen instance=gpu-01:9100 severity=critical",
    "selfheal, alertname=OllamaFrozen instance=gpu-01:9100 ollama=b severity=warning",
    "selfheal, alertname=OllamaFrozen instance=selfheal-verify.invalid selfheal_probe=abc",
    "humans, alertname=OllamaRemediationFailed target=gpu-01",
    "humans, alertname=OllamaRemediationFailed target=gpu-01 severity=critical",
    "humans, alertname=SelfhealNotRecovered severity=critical",
    "humans, alertname=OllamaExporterStale severity=warning",
    "humans, alertname=OllamaFrozenElsewhere severity=critical",
    "humans, alertname=SomethingElse",
  })
  void aFreezeGoesToTheReceiverAloneAndEverythingElseToAHuman(String receiver, String labels) {
    assertRoutes(receiver, labels.split(" "));
  }

  @Test
  void noAlertOfOursButTheFreezeReachesTheReceiver() {
    RuleFile.alerts().stream()
        .map(alert -> alert.path("alert").asText())
        .filter(name -> !name.equals("OllamaFrozen"))
        .forEach(name -> assertRoutes("humans", "alertname=" + name, "severity=critical"));
  }

  private static void assertRoutes(String receiver, String... labels) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "config",
                "routes",
                "test",
                "--config.file=" + CONFIG,
                "--verify.receivers=" + receiver));
    arguments.addAll(List.of(labels));
    ToolRun run = ToolRun.amtool(arguments.toArray(new String[0]));
    assertThat(run.output().lines()).contains(receiver);
    assertThat(run.exitCode()).as(run.output()).isZero();
  }
}
