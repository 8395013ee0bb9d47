package dev.selfheal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exporter reads its own section alone: it runs as a user who may not read the rest. */
class ExporterReaderTest {
  @TempDir Path folder;
  private ConfigFixture fixture;

  @BeforeEach
  void writeFiles() {
    fixture = new ConfigFixture(folder);
  }

  @Test
  void needsNothingOfTheRest() {
    String yaml =
        """
        auth: {webhook_token_file: /nowhere/token}
        ledger: ${NOT_SET}
        targets: 5
        exporter: {interval: 1s}
        """;
    assertThat(read(yaml))
        .isInstanceOfSatisfying(
            ExporterResult.Found.class,
            found -> assertThat(found.exporter().interval()).isEqualTo(Duration.ofSeconds(1)));
  }

  @Test
  void isTheDefaultWithoutASection() {
    assertThat(read(ConfigFixture.TARGET))
        .isEqualTo(new ExporterResult.Found(ExporterConfig.DEFAULT));
  }

  @Test
  void reportsEveryProblemOfItsSectionAtOnce() {
    assertThat(problems("exporter: {interval: 1h, canry: true, webhook: {}, unit: ollama}"))
        .containsExactly(
            "exporter.interval: expected a duration from 1s to 15s, found \"1h\"",
            "exporter.canry: is not a known key; did you mean canary?",
            "exporter.webhook.url: is required",
            "exporter.webhook.labels: is required",
            "exporter.unit: must be the name of a service, such as ollama.service");
  }

  @Test
  void readsAReceiverThatIsToldDirectly() {
    Path token = fixture.secret("webhook.token", "0123456789abcdef-webhook");
    String yaml =
        "exporter: {webhook: {url: 'http://127.0.0.1:9595/webhook/alertmanager', token_file:"
            + " webhook.token, repeat: 30s, labels: {instance: 'gpu-01:9100'}}}";
    assertThat(read(yaml))
        .isInstanceOfSatisfying(
            ExporterResult.Found.class,
            found ->
                assertThat(found.exporter().reactions().webhook())
                    .isEqualTo(
                        new ExporterConfig.Webhook(
                            URI.create("http://127.0.0.1:9595/webhook/alertmanager"),
                            token,
                            Duration.ofSeconds(30),
                            Map.of("instance", "gpu-01:9100"))));
  }

  @Test
  void refusesAReceiverThatCouldNotFindItsTarget() {
    String yaml = "exporter: {webhook: {url: ftp://x, token_file: none, repeat: 5s, labels: %s}}";
    assertThat(problems(yaml.formatted("{}")))
        .containsExactly(
            "exporter.webhook.url: must begin with http:// or https://",
            "exporter.webhook.token_file: " + folder.resolve("none") + " does not exist",
            "exporter.webhook.repeat: expected a duration from 10s to 10m, found \"5s\"",
            "exporter.webhook.labels: must not be empty; no target would match");
    assertThat(problems("exporter: {webhook: {url: http://h/x, labels: {alertname: OllamaDown}}}"))
        .containsExactly(
            "exporter.webhook.labels: must not hold alertname, which the exporter decides");
  }

  @Test
  void takesItsNamesFromTheEnvironment() {
    String yaml = "exporter: {label: '${NAME}', textfile: 'ollama-${NAME}.prom'}";
    Path file = fixture.secret("selfheal.yml", yaml);
    assertThat(ConfigLoader.exporter(file, Map.of("NAME", "lab")))
        .isInstanceOfSatisfying(
            ExporterResult.Found.class,
            found -> {
              assertThat(found.exporter().ollama().label()).isEqualTo("lab");
              assertThat(found.exporter().files().textfile())
                  .isEqualTo(folder.resolve("ollama-lab.prom"));
            });
  }

  private ExporterResult read(String yaml) {
    return ConfigLoader.exporter(fixture.secret("selfheal.yml", yaml), Map.of());
  }

  private List<String> problems(String yaml) {
    return read(yaml) instanceof ExporterResult.Unusable unusable
        ? unusable.problems().stream().map(Problem::toString).toList()
        : List.of();
  }
}
