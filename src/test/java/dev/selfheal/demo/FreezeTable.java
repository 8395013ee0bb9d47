package dev.selfheal.demo;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The table of states, and when it is played. */
final class FreezeTable {
  static final Duration STOPPED = Duration.ofSeconds(4);

  static final Duration STOPPED_UNSEEN = STOPPED.multipliedBy(3);
  static final Duration API_DEAD = Duration.ofSeconds(4);
  static final Duration LOAD = Duration.ofSeconds(3);
  static final Duration GPU = Duration.ofSeconds(8);
  static final Duration SCHEDULER = Duration.ofSeconds(9);
  static final Duration CPU = Duration.ofSeconds(16);
  static final Duration CPU_BLIND = Duration.ofSeconds(22);

  /** What was calm while its stall clock ran is given 30 s after that, whatever the threshold. */
  static final Duration AFTER_CALM = Duration.ofSeconds(45);

  static final Duration NONE_LONGER = Duration.ofSeconds(60);

  /** Longer than the detector must see somebody wait, and twice what an idle GPU may last. */
  static final Duration LONG = Duration.ofSeconds(18);

  private FreezeTable() {}

  static List<Lane> lanes() {
    FakeVersion before = FakeVersion.POOLED;
    FakeVersion since = FakeVersion.PER_CALL;
    return List.of(
        new Lane("spinning, one at a time", spinning()),
        new Lane("0.30+, healthy", List.of(scaled(since, true, HealthyRows.of(since)))),
        new Lane("before 0.30, healthy", List.of(scaled(before, true, HealthyRows.of(before)))),
        new Lane(
            "before 0.30, frozen",
            List.of(scaled(before, true, FrozenRows.of(before)), loading(before))),
        new Lane(
            "0.30+, frozen or without a runner",
            List.of(
                scaled(
                    since,
                    true,
                    Stream.of(HealthyRows.withoutRunner(), FrozenRows.of(since))
                        .flatMap(List::stream)
                        .toList()),
                loading(since))),
        new Lane("GPUs", List.of(scaled(since, true, GpuRows.all()))));
  }

  private static List<Lane.Set> spinning() {
    FakeVersion before = FakeVersion.POOLED;
    FakeVersion since = FakeVersion.PER_CALL;
    return List.of(
        new Lane.Set(
            FakeOllama.Kind.usual(since),
            Duration.ofSeconds(5),
            List.of(), // what is shipped
            List.of(SpinningRows.incident())),
        scaled(since, true, List.of(SpinningRows.prefill(since))),
        scaled(since, false, SpinningRows.prefillOnCpu(since)),
        scaled(before, true, List.of(SpinningRows.oldIncident(), SpinningRows.prefill(before))),
        scaled(before, false, SpinningRows.prefillOnCpu(before)));
  }

  private static Lane.Set scaled(FakeVersion version, boolean gpu, List<TableRow> rows) {
    return scaled(version, gpu, rows, STOPPED);
  }

  /** What stops a load is a signal, and a runner that is stopped is another row. */
  private static Lane.Set loading(FakeVersion version) {
    return scaled(version, true, List.of(FrozenRows.stalledLoad()), NONE_LONGER);
  }

  private static Lane.Set scaled(
      FakeVersion version, boolean gpu, List<TableRow> rows, Duration stopped) {
    return new Lane.Set(
        new FakeOllama.Kind(version, gpu, Duration.ofMinutes(5)),
        Duration.ofSeconds(1),
        thresholds(stopped),
        rows);
  }

  /** For those who have little time. */
  private static List<String> thresholds(Duration stopped) {
    return List.of(
        "  thresholds:\n",
        line("gpu", GPU),
        line("stopped", stopped),
        line("api_dead", API_DEAD),
        line("cpu", CPU),
        line("cpu_blind", CPU_BLIND),
        line("scheduler", SCHEDULER),
        line("load", LOAD));
  }

  private static String line(String name, Duration time) {
    return "    " + name + ": " + time.toSeconds() + "s\n";
  }
}
