package dev.selfheal.exporter;

import dev.selfheal.exporter.detect.RunnerId;
import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.LogEvents;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.RunnerProcess;
import dev.selfheal.exporter.sample.Sample;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What only ever grows, also over restarts of the exporter.
 *
 * @param completed requests for inference by the class of their status
 * @param runnerCpu CPU time of all runners that ever were
 * @param seen how much of it each living runner had used when it was last seen
 * @param canaries by their result
 */
public record Totals(
    Map<String, Long> completed,
    Duration runnerCpu,
    Map<RunnerId, Duration> seen,
    Map<String, Long> canaries) {

  static final List<String> CLASSES = List.of("2xx", "4xx", "5xx");
  static final List<String> RESULTS = List.of("answered", "no_answer", "not_possible");
  static final Totals NONE = new Totals(Map.of(), Duration.ZERO, Map.of(), Map.of());

  public Totals {
    completed = complete(completed, CLASSES);
    seen = Map.copyOf(seen);
    canaries = complete(canaries, RESULTS);
  }

  /** With what a sample adds. */
  Totals plus(Sample sample) {
    Totals sum = this;
    if (sample.log() instanceof Reading.Known<LogEvents> log) {
      sum = sum.plus(log.value());
    }
    if (sample.processes() instanceof Reading.Known<Processes> processes) {
      sum = sum.plus(processes.value());
    }
    return sum;
  }

  /** With one more canary. */
  Totals plus(CanaryResult result) {
    Map<String, Long> sum = new HashMap<>(canaries);
    sum.merge(result.label(), 1L, Long::sum);
    return new Totals(completed, runnerCpu, seen, sum);
  }

  private Totals plus(LogEvents log) {
    Map<String, Long> sum = new HashMap<>(completed);
    for (LogEvent event : log.events()) {
      if (event instanceof LogEvent.Completed request) {
        sum.computeIfPresent(request.status() / 100 + "xx", (name, count) -> count + 1);
      }
    }
    return new Totals(sum, runnerCpu, seen, canaries);
  }

  private Totals plus(Processes processes) {
    Duration sum = runnerCpu;
    Map<RunnerId, Duration> now = new HashMap<>();
    for (RunnerProcess runner : processes.runners()) {
      RunnerId id = RunnerId.of(runner.stat());
      Duration before = seen.getOrDefault(id, Duration.ZERO);
      Duration used = runner.stat().cpu();
      sum = used.compareTo(before) > 0 ? sum.plus(used.minus(before)) : sum;
      now.put(id, used);
    }
    return new Totals(completed, sum, now, canaries);
  }

  private static Map<String, Long> complete(Map<String, Long> counts, List<String> names) {
    Map<String, Long> all = new TreeMap<>();
    names.forEach(name -> all.put(name, Math.max(0, counts.getOrDefault(name, 0L))));
    return Collections.unmodifiableMap(all);
  }
}
