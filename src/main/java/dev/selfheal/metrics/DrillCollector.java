package dev.selfheal.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.function.Supplier;

/** How the last drills ended, read at each scrape; a target without a drill has no series. */
final class DrillCollector extends Collector {

  private final Supplier<List<DrillRow>> drills;

  DrillCollector(Supplier<List<DrillRow>> drills) {
    this.drills = drills;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    GaugeMetricFamily success =
        family("selfheal_drill_success", "Whether the last drill was healed in time.");
    GaugeMetricFamily duration =
        family(
            "selfheal_drill_duration_seconds",
            "From the last drill's freeze to the proof that it healed, or to the end of the wait.");
    GaugeMetricFamily last =
        family("selfheal_drill_last_timestamp_seconds", "When the last drill ended.");
    for (DrillRow row : drills.get()) {
      List<String> target = List.of(row.target());
      success.addMetric(target, row.passed() ? 1 : 0);
      duration.addMetric(target, row.seconds());
      last.addMetric(target, row.endedAt());
    }
    return List.of(success, duration, last);
  }

  private static GaugeMetricFamily family(String name, String help) {
    return new GaugeMetricFamily(name, help, List.of("target"));
  }
}
