package dev.selfheal.exporter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.detect.Condition;
import dev.selfheal.exporter.detect.RunnerId;
import dev.selfheal.exporter.detect.StallReason;
import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.Api;
import dev.selfheal.exporter.sample.Attribution;
import dev.selfheal.exporter.sample.Gpu;
import dev.selfheal.exporter.sample.Gpus;
import dev.selfheal.exporter.sample.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExporterMetricsTest {

  @Test
  void wordsAPageAsTheGoldenFile() throws IOException {
    assertThat(ExporterMetrics.text(Pages.full(), null)).isEqualTo(golden("full.prom"));
  }

  @Test
  void whatIsUnknownIsLeftOutAndNeverZero() throws IOException {
    assertThat(ExporterMetrics.text(Pages.blind(), null)).isEqualTo(golden("blind.prom"));
  }

  @Test
  void everySeriesCarriesTheConfiguredLabel() {
    assertThat(ExporterMetrics.text(Pages.full(), "lab").lines())
        .filteredOn(line -> !line.startsWith("#"))
        .allMatch(line -> line.contains("ollama=\"lab\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "ar-EG", "hi-IN-u-nu-deva"})
  void numbersAreTheSameInEveryLocale(String language) throws IOException {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(language));
      assertThat(ExporterMetrics.text(Pages.full(), null)).isEqualTo(golden("full.prom"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void upIsToldOnceHoweverManyRoutesAnswer() {
    Api api =
        new Api(Samples.good("1"), Samples.good(3), new Answer.Silent<>(Duration.ofSeconds(3)));
    String text = ExporterMetrics.text(Pages.of(Samples.with(Samples.blind(), api), null), null);
    assertThat(text.lines()).filteredOn(line -> line.startsWith("ollama_up ")).hasSize(1);
    assertThat(text).contains("\nollama_up 1.0\n").contains("\nollama_ps_up 0.0\n");
  }

  @Test
  void installedModelsAreNotCountedAsLoaded() {
    Api api = new Api(Samples.good("1"), Samples.good(9), Samples.good(List.of()));
    String text = ExporterMetrics.text(Pages.of(Samples.with(Samples.blind(), api), null), null);
    assertThat(text)
        .contains("\nollama_models_loaded 0.0\n")
        .contains("ollama_vram_used_bytes 0.0");
    assertThat(text).doesNotContain("ollama_model_vram_ratio");
  }

  @Test
  void aServerThatRefusesIsDown() {
    Api api =
        new Api(new Answer.Refused<>("x"), new Answer.NotAsked<>(), new Answer.Refused<>("x"));
    assertThat(ExporterMetrics.text(Pages.of(Samples.with(Samples.blind(), api), null), null))
        .contains("ollama_up 0.0")
        .doesNotContain("ollama_models_loaded");
  }

  @Test
  void noThresholdIsInfiniteAndAHealthyServerHasNoReason() {
    Page page = Pages.of(Samples.blind(), Pages.verdict(new Condition.Healthy()));
    assertThat(ExporterMetrics.text(page, null))
        .contains("\nollama_frozen_duration_seconds 0.0\n")
        .contains("\nollama_frozen_threshold_seconds +Inf\n")
        .doesNotContain("} 1.0\nollama_frozen_reason");
  }

  @Test
  void aStalledRunnersModelIsNamedOnlyWhereItIsCertain() {
    Sample sample =
        Samples.with(
            Samples.with(
                Samples.blind(),
                Samples.processes(
                    Samples.runner(222, Duration.ZERO, "sha256-a"),
                    Samples.runner(223, Duration.ZERO, null))),
            Samples.loaded(
                Samples.model("a", 10, 10, "sha256-a"), Samples.model("b", 10, 10, null)));
    assertThat(text(sample, stalled(222))).contains("ollama_frozen_model_info{model=\"a\",} 1.0");
    assertThat(text(sample, stalled(223))).doesNotContain("ollama_frozen_model_info");
    assertThat(text(sample, stalled(224))).doesNotContain("ollama_frozen_model_info");
    assertThat(text(Samples.blind(), stalled(222))).doesNotContain("ollama_frozen_model_info");
    assertThat(text(sample, new Condition.Healthy())).doesNotContain("ollama_frozen_model_info");
  }

  private static Condition stalled(long pid) {
    return new Condition.Stalled(
        Duration.ofSeconds(9), null, StallReason.RUNNER_STALLED, new RunnerId(pid, 100));
  }

  private static String text(Sample sample, Condition condition) {
    return ExporterMetrics.text(Pages.of(sample, Pages.verdict(condition)), null);
  }

  @Test
  void aReadingThatTheDriverDoesNotGiveIsLeftOut() {
    Gpu silent = new Gpu("0", "u", "NVIDIA GB10", null, null, null, null, null);
    assertThat(gpus(new Gpus.Seen(List.of(silent), new Attribution.Nobody())))
        .contains("ollama_gpu_readable 1.0", "ollama_gpu_lost 0.0", "ollama_gpu_info{")
        .doesNotContain("utilization", "N/A", "NaN");
  }

  @Test
  void aLostGpuIsToldAndAHostWithoutOneHasNothingToRead() {
    assertThat(gpus(new Gpus.Lost("x"))).contains("ollama_gpu_lost 1.0", "ollama_gpu_readable 0.0");
    assertThat(gpus(new Gpus.None()))
        .contains("ollama_gpu_lost 0.0")
        .doesNotContain("ollama_gpu_readable");
    assertThat(gpus(new Gpus.Unreadable("x")))
        .contains("ollama_gpu_readable 0.0")
        .doesNotContain("ollama_gpu_lost");
  }

  private static String gpus(Gpus gpus) {
    return ExporterMetrics.text(Pages.of(Samples.with(Samples.blind(), gpus), null), null);
  }

  private static String golden(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ExporterMetricsTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
