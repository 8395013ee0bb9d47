package dev.selfheal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.MetricShape;
import dev.selfheal.verdict.PromText;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} against the page that {@code selfheal verify --textfile} writes. */
class VerifyMetricsPageTest {

  @Test
  void eachMetricOfVerifyIsDocumentedWithTypeAndLabelsAndNoOther() {
    VerifyReport report = VerifyReportTest.report(VerifyReportTest.ok(CheckName.RULES, ""));
    String page = VerifyMetrics.page(report, List.of("gpu-01"), PromText.parse(""));
    assertThat(MetricShape.exported(page)).isEqualTo(MetricShape.documented("The daily proof"));
  }
}
