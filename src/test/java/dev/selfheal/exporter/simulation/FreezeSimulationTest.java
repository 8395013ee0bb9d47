package dev.selfheal.exporter.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.simulation.Freeze.Found;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A thousand freezes of every kind, each of which must be found. */
class FreezeSimulationTest {
  private static final long SEED = Long.getLong("selfheal.seed", 20_261_122L);
  private static final int FREEZES = Integer.getInteger("selfheal.freezes", 1_000);
  private static final int STORIES = Integer.getInteger("selfheal.stories", 2);

  @Test
  void everyFreezeIsFound() {
    List<String> missed = new ArrayList<>();
    Map<String, List<Found>> rows =
        LongStream.range(0, FREEZES)
            .parallel()
            .mapToObj(number -> told(SEED + number))
            .collect(Collectors.groupingBy(Found::row, TreeMap::new, Collectors.toList()));
    System.out.printf("freezes: seed %d, found after, in seconds:%n", SEED);
    rows.forEach((row, all) -> print(row, all));
    rows.values().stream()
        .flatMap(List::stream)
        .filter(found -> found.after() == null && !found.apart())
        .forEach(found -> missed.add(found.row() + "\n" + found.story()));
    assertThat(missed.stream().limit(STORIES).toList()).as("%d missed", missed.size()).isEmpty();
  }

  private static Found told(long seed) {
    Found found = new Freeze(seed).happen();
    String replay = "-Dselfheal.seed=" + seed + " -Dselfheal.freezes=1: ";
    String row = (found.apart() ? "limit: " : "") + found.row();
    return new Found(
        row, found.after(), found.apart(), found.after() == null ? replay + found.story() : "");
  }

  private static void print(String row, List<Found> all) {
    List<Duration> times =
        all.stream()
            .map(Found::after)
            .filter(Objects::nonNull)
            .sorted()
            .collect(Collectors.toList());
    System.out.printf(
        "%-60s %4d of %4d   min %5s  median %5s  p95 %5s  max %5s%n",
        row, times.size(), all.size(), at(times, 0), at(times, 0.5), at(times, 0.95), at(times, 1));
  }

  private static String at(List<Duration> sorted, double share) {
    return sorted.isEmpty()
        ? "-"
        : Long.toString(sorted.get((int) Math.round(share * (sorted.size() - 1))).toSeconds());
  }
}
