package dev.selfheal.docs;

import dev.selfheal.docs.Scraped.Expected;
import dev.selfheal.testkit.Dashboard;
import dev.selfheal.testkit.Dashboard.Query;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The dashboard draws each attempt once, wherever it lies between the moments that Grafana asks
 * for: neither is one lost between two of them, nor does one stand in both.
 */
class CountedOnceIT {
  private static final String RECOVERED =
      "ollama_selfheal_restarts_total{instance=\"127.0.0.1:9595\",target=\"gpu-01\",outcome=\"recovered\"}";
  private static final int SCRAPE_SECONDS = 15;
  private static final int LINE_STEP = 60;
  private static final int BAR_STEP = 300;

  /** Of the steps; no scrape falls on one. */
  private static final int PHASE = 2;

  private static final Query LINES =
      Dashboard.shipped().queries().stream()
          .filter(query -> query.where().equals("annotation Restarts"))
          .findFirst()
          .orElseThrow();
  private static final Query BARS = Dashboard.shipped().queries("Attempts by outcome").get(0);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {80, 81, 82, 83, 84})
  void aLineIsDrawnInTheFirstMinuteThatKnows(int scrape) throws IOException {
    assertSeenOnce(LINES, LINE_STEP, scrape, "{target=\"gpu-01\",outcome=\"recovered\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 81, 99, 100, 101})
  void aBarHasWhatIsNewSinceTheOneBefore(int scrape) throws IOException {
    assertSeenOnce(BARS, BAR_STEP, scrape, "{outcome=\"recovered\"}");
  }

  /** Three attempts ended before the receiver was started anew, and one right after. */
  @Test
  void whatIsNewSinceAReceiverWasStartedAnewIsCounted() throws IOException {
    Scraped restarted = new Scraped(Map.of(RECOVERED, "3x79 stale _ 1x80"));
    Map<String, Number> one = Map.of("{outcome=\"recovered\"}", 1);
    restarted.assertGives(folder, asked(BARS), List.of(new Expected("1502s", one)));
    Map<String, Number> line = Map.of("{target=\"gpu-01\",outcome=\"recovered\"}", 1);
    restarted.assertGives(folder, asked(LINES), List.of(new Expected("1262s", line)));
  }

  @Test
  void noLineIsDrawnForWhatHappenedBeforePrometheusKnewTheReceiver() throws IOException {
    Map<String, Number> none = Map.of("{target=\"gpu-01\",outcome=\"recovered\"}", 0);
    new Scraped(Map.of(RECOVERED, "_x40 5x80"))
        .assertGives(
            folder,
            asked(LINES),
            List.of(new Expected("602s", Map.of()), new Expected("782s", none)));
  }

  /** The counter is 4, and 5 from this scrape on. */
  private void assertSeenOnce(Query query, int step, int scrape, String labels) throws IOException {
    int rise = scrape * SCRAPE_SECONDS;
    List<Expected> expected = new ArrayList<>();
    for (int at = 2 * BAR_STEP + PHASE; at < rise + 3 * BAR_STEP; at += step) {
      int seen = at >= rise && at - step < rise ? 1 : 0;
      expected.add(new Expected(at + "s", Map.of(labels, seen)));
    }
    new Scraped(Map.of(RECOVERED, "4x%d 5x100".formatted(scrape - 1)))
        .assertGives(folder, asked(query), expected);
  }

  private static String asked(Query query) {
    return query.with(Map.of("target", ".*", "__interval", BAR_STEP + "s"));
  }
}
