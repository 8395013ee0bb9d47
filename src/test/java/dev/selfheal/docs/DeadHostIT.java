package dev.selfheal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.testkit.Dashboard;
import dev.selfheal.testkit.ToolRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the dashboard shows of an exporter whose host has died, by promtool: its series are gone,
 * and what is gone must not look well.
 */
class DeadHostIT {
  private static final String SILENT = "Exporters silent";
  private static final String AGE = "Age of the exporter's page";

  private static final Series LIVES = new Series("lives", "1x160", "0+15x160");
  private static final Series DIED = new Series("died", "1x40 0x120", "0+15x40 stale");

  @TempDir private Path folder;

  /** A host as Prometheus sees it each 15 s, and its exporter. */
  private record Series(String host, String up, String lastRun) {
    List<Map<String, Object>> input() {
      return List.of(
          Map.of("series", "up" + labels(), "values", up),
          Map.of(
              "series",
              "selfheal_exporter_last_run_timestamp_seconds" + labels(),
              "values",
              lastRun));
    }

    String labels() {
      return "{instance=\"%s:9100\",job=\"node\"}".formatted(host);
    }
  }

  @Test
  void aHostThatDiedCountsAsSilent() throws IOException {
    assertShown(SILENT, List.of(LIVES, DIED), List.of(sample("{}", 1)));
  }

  @Test
  void noneIsSilentWhileAllWrite() throws IOException {
    assertShown(SILENT, List.of(LIVES), List.of(sample("{}", 0)));
  }

  @Test
  void thePageOfAHostThatDiedGrowsOld() throws IOException {
    assertShown(
        AGE,
        List.of(LIVES, DIED),
        List.of(sample(LIVES.labels(), 0), sample(DIED.labels(), 20 * 60)));
  }

  private static Map<String, Object> sample(String labels, int value) {
    return Map.of("labels", labels, "value", value);
  }

  /** Half an hour after the beginning; the host that died did so after ten minutes. */
  private void assertShown(String title, List<Series> hosts, List<Map<String, Object>> samples)
      throws IOException {
    String query = Dashboard.shipped().queries(title).get(0).with(Map.of("instance", ".*"));
    Map<String, Object> test =
        Map.of(
            "interval", "15s",
            "input_series", hosts.stream().flatMap(host -> host.input().stream()).toList(),
            "promql_expr_test",
                List.of(Map.of("expr", query, "eval_time", "30m", "exp_samples", samples)));
    Path rules = Path.of("rules/selfhealing_rules.yml").toAbsolutePath();
    Path file = folder.resolve("test.yml"); // JSON is YAML, too
    new ObjectMapper()
        .writeValue(
            file.toFile(), Map.of("rule_files", List.of(rules.toString()), "tests", List.of(test)));
    ToolRun run = ToolRun.promtool("test", "rules", file.toString());
    assertThat(run.output()).as(Files.readString(file)).contains("SUCCESS");
    assertThat(run.exitCode()).isZero();
  }
}
