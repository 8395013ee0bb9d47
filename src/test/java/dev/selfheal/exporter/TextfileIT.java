package dev.selfheal.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.detect.Condition;
import dev.selfheal.exporter.sample.Attribution;
import dev.selfheal.exporter.sample.Gpu;
import dev.selfheal.exporter.sample.Gpus;
import dev.selfheal.testkit.Loopback;
import dev.selfheal.testkit.NodeExporterProcess;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real node_exporter reads what the exporter writes. */
class TextfileIT {

  @Test
  void everyMetricArrives() throws IOException {
    String page = ExporterMetrics.text(Pages.full(), "lab");
    Set<String> written = names(page);
    assertThat(written).hasSizeGreaterThan(30);
    String scraped = scrape(page);
    assertThat(scraped).contains("\nnode_textfile_scrape_error 0\n");
    assertThat(names(scraped)).containsAll(written);
  }

  @Test
  void anInfiniteThresholdArrives() throws IOException {
    Page page = Pages.of(Samples.blind(), Pages.verdict(new Condition.Healthy()));
    assertThat(scrape(ExporterMetrics.text(page, null)))
        .contains("\nnode_textfile_scrape_error 0\n", "\nollama_frozen_threshold_seconds +Inf\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\"} 1\nollama_up 0",
        "\\",
        "x\r\ny",
        "\u2028\u0085",
        "\ud800",
        "\0",
        "é漢\ud83d\ude00"
      })
  void aHostileNameOfAGpuBreaksNothing(String name) throws IOException {
    List<Gpu> gpus =
        List.of(
            new Gpu("0", name, name, 0.5, 1L, 2L, 3.0, 4.0),
            new Gpu("0", "again", "again", 0.5, 1L, 2L, 3.0, 4.0),
            new Gpu(name, "x", "y", 0.5, 1L, 2L, 3.0, 4.0));
    Page page =
        Pages.of(
            Pages.fullSample(new Gpus.Seen(gpus, new Attribution.Nobody())),
            Objects.requireNonNull(Pages.full().verdict()));
    assertThat(scrape(ExporterMetrics.text(page, null)))
        .contains("\nnode_textfile_scrape_error 0\n", "\nollama_gpu_info{gpu=\"0\"");
  }

  private static String scrape(String page) throws IOException {
    try (NodeExporterProcess nodeExporter = new NodeExporterProcess()) {
      TextfileWriter.open(nodeExporter.textfiles().resolve("ollama.prom")).write(page);
      return Loopback.get(URI.create("http://" + nodeExporter.address() + "/metrics")).body();
    }
  }

  private static Set<String> names(String page) {
    return page.lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceFirst("[{ ].*", ""))
        .collect(Collectors.toSet());
  }
}
