package dev.selfheal.docs;

import dev.selfheal.docs.Scraped.Expected;
import dev.selfheal.testkit.Dashboard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the dashboard shows of an exporter whose host has died: its series are gone, and what is
 * gone must not look well.
 */
class DeadHostIT {
  private static final String SILENT = "Exporters silent";
  private static final String AGE = "Age of the exporter's page";

  private static final Host LIVES = new Host("lives", "1x160", "0+15x160");
  private static final Host DIED = new Host("died", "1x40 0x120", "0+15x40 stale");

  @TempDir private Path folder;

  /** A host as Prometheus sees it, and its exporter. */
  private record Host(String name, String up, String lastRun) {
    Map<String, String> series() {
      return Map.of(
          "up" + labels(), up, "selfheal_exporter_last_run_timestamp_seconds" + labels(), lastRun);
    }

    String labels() {
      return "{instance=\"%s:9100\",job=\"node\"}".formatted(name);
    }
  }

  @Test
  void aHostThatDiedCountsAsSilent() throws IOException {
    assertShown(SILENT, List.of(LIVES, DIED), Map.of("{}", 1));
  }

  @Test
  void noneIsSilentWhileAllWrite() throws IOException {
    assertShown(SILENT, List.of(LIVES), Map.of("{}", 0));
  }

  @Test
  void thePageOfAHostThatDiedGrowsOld() throws IOException {
    assertShown(AGE, List.of(LIVES, DIED), Map.of(LIVES.labels(), 0, DIED.labels(), 20 * 60));
  }

  /** Half an hour after the beginning; the host that died did so after ten minutes. */
  private void assertShown(String title, List<Host> hosts, Map<String, Number> samples)
      throws IOException {
    Map<String, String> series = new HashMap<>();
    hosts.forEach(host -> series.putAll(host.series()));
    String query = Dashboard.shipped().queries(title).get(0).with(Map.of("instance", ".*"));
    new Scraped(series).assertGives(folder, query, List.of(new Expected("30m", samples)));
  }
}
