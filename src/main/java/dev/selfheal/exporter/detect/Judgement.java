package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.detect.Condition.Stalled;
import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.Gpus;
import dev.selfheal.exporter.sample.ProcessState;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.RunnerProcess;
import dev.selfheal.exporter.sample.Sample;
import dev.selfheal.exporter.sample.Sockets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Draws one verdict from all the clocks. */
record Judgement(
    FreezeDetector detector, Sample sample, @Nullable Processes seen, @Nullable Sockets sockets) {

  Verdict verdict() {
    return new Verdict(
        condition(),
        detector.loads().loading() != null,
        calls(),
        sinceProgress(),
        uninterruptible(),
        suspects(),
        blind());
  }

  /** The runners that did not die. */
  static List<RunnerProcess> alive(Processes seen) {
    return seen.runners().stream()
        .filter(runner -> runner.stat().state() != ProcessState.ZOMBIE)
        .toList();
  }

  /** The stall that is the furthest beyond its threshold, or the nearest to it. */
  private Condition condition() {
    return stalls()
        .filter(Objects::nonNull)
        .max(Comparator.comparing(Judgement::excess))
        .<Condition>map(stall -> stall)
        .orElseGet(Condition.Healthy::new);
  }

  private Stream<@Nullable Stalled> stalls() {
    Limits limits = detector.limits(sample);
    Thresholds thresholds = detector.thresholds();
    Stream<@Nullable Stalled> own =
        Stream.of(
            detector.api().dead(thresholds),
            detector.api().wedged(thresholds, stuck(), detector.loads().sinceAdvance()),
            detector.queue().deadlock(thresholds),
            detector.loads().stalled(thresholds));
    return Stream.concat(own, watches().stream().map(watch -> watch.stall(limits)));
  }

  /** Beyond the threshold if positive; what never proves a freeze comes last, the longest first. */
  private static Duration excess(Stalled stall) {
    Duration threshold = stall.threshold();
    return threshold == null
        ? stall.duration().minus(Duration.ofDays(36_500))
        : stall.duration().minus(threshold);
  }

  private @Nullable Duration stuck() {
    return watches().stream()
        .map(RunnerWatch::sinceStuck)
        .filter(Objects::nonNull)
        .min(Duration::compareTo)
        .orElse(null);
  }

  private Verdict.Calls calls() {
    Integer inFlight =
        seen == null || sockets == null
            ? null
            : Integer.valueOf(watches().stream().mapToInt(RunnerWatch::inFlight).sum());
    return new Verdict.Calls(
        inFlight,
        longest(watches().stream().map(RunnerWatch::oldest)),
        longest(watches().stream().map(RunnerWatch::silence)));
  }

  private @Nullable Duration sinceProgress() {
    return watches().stream()
        .map(RunnerWatch::sinceProgress)
        .filter(Objects::nonNull)
        .min(Duration::compareTo)
        .orElse(null);
  }

  private Duration uninterruptible() {
    Stream<Duration> runners = watches().stream().map(RunnerWatch::uninterruptible);
    return longest(Stream.concat(runners, Stream.of(detector.serveUninterruptible())));
  }

  private List<RunnerId> suspects() {
    List<Map.Entry<RunnerId, RunnerWatch>> found = new ArrayList<>();
    for (Map.Entry<RunnerId, RunnerWatch> each : detector.runners().entrySet()) {
      if (each.getValue().suspect()) {
        found.add(each);
      }
    }
    found.sort(Comparator.comparing(each -> each.getValue().clockSince()));
    return found.stream().map(Map.Entry::getKey).toList();
  }

  private Set<Blind> blind() {
    Set<Blind> blind = EnumSet.noneOf(Blind.class);
    add(blind, Blind.PROCESSES, seen == null);
    add(blind, Blind.SOCKETS, sockets == null);
    add(blind, Blind.TRAFFIC, sockets != null && !sockets.counted());
    add(blind, Blind.LOADED_MODELS, !(sample.api().loaded() instanceof Answer.Good<?>));
    add(blind, Blind.GPU, sample.gpus() instanceof Gpus.Unreadable);
    add(blind, Blind.PROGRESS_LINES, seen != null && !progressShows(seen));
    return blind;
  }

  private boolean progressShows(Processes processes) {
    return alive(processes).stream()
        .allMatch(runner -> detector.log().showsProgress(runner.dialect()));
  }

  private Collection<RunnerWatch> watches() {
    return detector.runners().values();
  }

  private static void add(Set<Blind> blind, Blind kind, boolean is) {
    if (is) {
      blind.add(kind);
    }
  }

  private static Duration longest(Stream<Duration> times) {
    return times.max(Duration::compareTo).orElse(Duration.ZERO);
  }
}
