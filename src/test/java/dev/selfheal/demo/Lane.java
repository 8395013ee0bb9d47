package dev.selfheal.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Rows that are played one after the other, in a thread of their own: on a few stages, one at a
 * time.
 */
final class Lane {
  private final String name;
  private final List<Set> sets;
  private final Map<TableRow, CompletableFuture<String>> verdicts = new ConcurrentHashMap<>();

  /**
   * A stage and what is played on it.
   *
   * @param settings lines of the exporter's configuration
   */
  record Set(FakeOllama.Kind kind, Duration interval, List<String> settings, List<TableRow> rows) {}

  Lane(String name, List<Set> sets) {
    this.name = name;
    this.sets = List.copyOf(sets);
    rows().forEach(row -> verdicts.put(row, new CompletableFuture<>()));
  }

  String name() {
    return name;
  }

  List<TableRow> rows() {
    return sets.stream().flatMap(set -> set.rows().stream()).toList();
  }

  /** What came of a row; waits for it. */
  String verdict(TableRow row) throws Throwable {
    try {
      return verdicts.getOrDefault(row, new CompletableFuture<>()).get(10, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** Plays them all; a row that fails does not keep the next from being played. */
  void play(Path folder) {
    for (int i = 0; i < sets.size(); i++) {
      Set set = sets.get(i);
      try (RowStage stage =
          new RowStage(folder.resolve("set" + i), set.kind(), set.interval(), set.settings())) {
        for (TableRow row : set.rows()) {
          play(row, stage);
        }
      } catch (Exception | AssertionError e) {
        set.rows().forEach(row -> fail(row, e));
      }
    }
  }

  private void play(TableRow row, RowStage stage) throws IOException {
    try {
      stage.begin();
      row.play().on(stage);
      verdicts.getOrDefault(row, new CompletableFuture<>()).complete(stage.watch().verdict());
    } catch (Exception | AssertionError e) {
      String log = stage.log();
      System.err.printf(
          "--- %s, %s: the end of its logs%n%s%n",
          name, row.name(), log.substring(Math.max(0, log.length() - 3000)));
      fail(row, e);
    }
  }

  private void fail(TableRow row, Throwable e) {
    verdicts.getOrDefault(row, new CompletableFuture<>()).completeExceptionally(e);
  }
}
