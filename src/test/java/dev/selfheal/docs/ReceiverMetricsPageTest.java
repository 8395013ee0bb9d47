package dev.selfheal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.metrics.DrillRow;
import dev.selfheal.metrics.ReceiverMetrics;
import dev.selfheal.metrics.StandingRow;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Reason;
import dev.selfheal.testkit.MetricShape;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} against {@code /metrics} of a receiver to which everything happened. */
class ReceiverMetricsPageTest {
  private static final Pattern NAME = Pattern.compile("\"((?:ollama|selfheal)_\\w+)\"");

  @Test
  void eachMetricOfTheReceiverIsDocumentedWithTypeAndLabelsAndNoOther() throws IOException {
    ReceiverMetrics metrics = new ReceiverMetrics("1");
    metrics.expect(List.of("gpu-01"));
    metrics.show(
        () ->
            Optional.of(
                List.of(
                    new StandingRow(
                        "gpu-01",
                        3,
                        new StandingRow.Leave(Mode.ACT, false, true, true),
                        true,
                        Optional.of("paused")))),
        () -> true);
    metrics.showDrills(() -> List.of(new DrillRow("gpu-01", true, 80, 1)));
    metrics.webhook(200, Duration.ZERO);
    metrics.alert("OllamaFrozen", "firing", "accepted");
    metrics.decided("gpu-01", new Decision.Escalate(Reason.BUDGET_SPENT));
    assertThat(own(metrics)).isEqualTo(MetricShape.documented("The receiver"));
  }

  /** Or a metric that the test above never saw would need no row. */
  @Test
  void eachNameInTheSourcesIsDocumented() throws IOException {
    Set<String> named = new TreeSet<>();
    try (Stream<Path> sources = Files.list(Path.of("src/main/java/dev/selfheal/metrics"))) {
      for (Path source : sources.toList()) {
        NAME.matcher(Files.readString(source)).results().forEach(name -> named.add(name.group(1)));
      }
    }
    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(MetricShape.documented("The receiver").keySet());
  }

  /** Without those of the library, of which the page names the beginning. */
  private static Map<String, MetricShape> own(ReceiverMetrics metrics) throws IOException {
    StringWriter page = new StringWriter();
    metrics.write(page);
    return MetricShape.exported(page.toString()).entrySet().stream()
        .filter(each -> !each.getKey().matches("(jvm|process)_.*|.*_created"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
