package dev.selfheal.config;

import static org.assertj.core.api.Assertions.assertThat;

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
            "exporter.webhook: is not supported by this version; remove it",
            "exporter.unit: must be the name of a service, such as ollama.service");
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
