package dev.selfheal.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.detect.StallReason;
import dev.selfheal.testkit.DocPage;
import dev.selfheal.testkit.MetricShape;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} against pages that together hold every metric of the exporter. */
class ExporterMetricsPageTest {

  @Test
  void eachMetricOfTheExporterIsDocumentedWithTypeAndLabelsAndNoOther() {
    Page full = Pages.full();
    Page.Known known = full.known();
    Page telling =
        new Page(
            full.about(),
            full.sample(),
            full.verdict(),
            new Page.Known(
                known.installed(), known.logRead(), known.totals(), Map.of("delivered", 1L)),
            full.probes());
    assertThat(MetricShape.exported(ExporterMetrics.text(telling, null)))
        .isEqualTo(MetricShape.documented("The exporter"));
  }

  @Test
  void eachReasonOfAStallIsNamedOnTheMetricsPageAndInTheRunbook() {
    Stream.of("docs/metrics.md", "docs/runbook/OllamaFrozen.md")
        .map(DocPage::of)
        .forEach(
            page ->
                assertThat(String.join("\n", page.lines()))
                    .as(page.path())
                    .contains(
                        Stream.of(StallReason.values())
                            .map(reason -> "`" + reason.label() + "`")
                            .toList()));
  }
}
