package dev.selfheal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.config.Config;
import dev.selfheal.config.ConfigLoader;
import dev.selfheal.config.ExporterConfig;
import dev.selfheal.config.ExporterResult;
import dev.selfheal.config.LoadResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo writes is read by the program's own loader. */
class SettingsTest {
  private static final URI OLLAMA = URI.create("http://127.0.0.1:21434");

  @TempDir private Path parent;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Place place;

  @BeforeEach
  void make() throws IOException {
    Path folder = Files.createDirectories(parent.resolve("a \"folder\" of ${HOME}"));
    Files.createDirectories(folder.resolve("textfiles"));
    place = new Place(folder, 19595);
    place.token("webhook.token");
    place.token("operator.token");
  }

  @Test
  void theFastOneIsAcceptedWithoutAnotherBudget() throws IOException {
    Config config = config(Tempo.FAST, null);
    assertThat(config.listen().port()).isEqualTo(19595);
    assertThat(config.policy().cooldown()).isEqualTo(Tempo.FAST.cooldown());
    assertThat(config.policy().settle()).isEqualTo(Tempo.FAST_SETTLE);
    assertThat(config.policy().budgets()).isEqualTo(defaults().policy().budgets());
    assertThat(config.targets().get(0).name()).isEqualTo("gpu-01");
    ExporterConfig exporter = exporter();
    assertThat(exporter.interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(exporter.thresholds().gpu()).isEqualTo(Tempo.FAST.gpu());
    assertThat(exporter.thresholds().stopped()).isEqualTo(Tempo.FAST.stopped());
    assertThat(exporter.files().textfile()).isEqualTo(place.textfile());
    assertThat(exporter.reactions().webhook())
        .isNotNull()
        .extracting(ExporterConfig.Webhook::url)
        .isEqualTo(place.webhook());
  }

  @Test
  void theOtherOneIsWhatIsShipped() throws IOException {
    Config config = config(Tempo.SHIPPED, null);
    assertThat(config.policy()).isEqualTo(defaults().policy());
    assertThat(Tempo.SHIPPED.cooldown()).isEqualTo(config.policy().cooldown());
    ExporterConfig exporter = exporter();
    assertThat(exporter.thresholds()).isEqualTo(ExporterConfig.DEFAULT.thresholds());
    assertThat(exporter.interval()).isEqualTo(ExporterConfig.DEFAULT.interval());
    assertThat(Tempo.SHIPPED.interval()).isEqualTo(exporter.interval());
    assertThat(Tempo.SHIPPED.gpu()).isEqualTo(exporter.thresholds().gpu());
    assertThat(Tempo.SHIPPED.stopped()).isEqualTo(exporter.thresholds().stopped());
  }

  @Test
  void withPrometheusTheExporterTellsNobody() throws IOException {
    URI alertmanager = URI.create("http://127.0.0.1:19093");
    assertThat(config(Tempo.FAST, alertmanager).alertmanagerUrl()).isEqualTo(alertmanager);
    assertThat(exporter().reactions().webhook()).isNull();
  }

  private Config config(Tempo tempo, @Nullable URI alertmanager) throws IOException {
    List<String> restart = List.of("/bin/sh", place.folder().resolve("restart.sh").toString());
    place.write("selfheal.yml", new Settings(place, tempo, OLLAMA, restart, alertmanager).yaml());
    LoadResult result = ConfigLoader.load(place.configuration(), Map.of(), () -> List.of("gpu-01"));
    assertThat(result).isInstanceOf(LoadResult.Loaded.class);
    return ((LoadResult.Loaded) result).config();
  }

  private ExporterConfig exporter() {
    ExporterResult result = ConfigLoader.exporter(place.configuration(), Map.of());
    return ((ExporterResult.Found) result).exporter();
  }

  private static Config defaults() {
    return ConfigLoader.defaults(List.of("localhost"));
  }
}
