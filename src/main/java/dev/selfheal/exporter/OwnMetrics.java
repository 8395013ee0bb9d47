package dev.selfheal.exporter;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the exporter says of itself. */
final class OwnMetrics {

  private OwnMetrics() {}

  static void add(Page page, Families families) {
    Page.About about = page.about();
    Families.Family canaries =
        families.counter(
            "ollama_canaries_total", "Suspected runners that were asked for one token.", "result");
    page.known().totals().canaries().forEach((result, count) -> canaries.add(count, result));
    addDeliveries(page.known().deliveries(), families);
    Families.Family success =
        families.gauge(
            "selfheal_exporter_probe_success", "Whether the probe could read its source.", "probe");
    Families.Family duration =
        families.gauge("selfheal_exporter_probe_duration_seconds", "How long it took.", "probe");
    for (Page.ProbeRun run : page.probes()) {
      success.add(run.success(), run.probe());
      duration.add(run.took(), run.probe());
    }
    families
        .gauge("selfheal_exporter_last_run_timestamp_seconds", "When this page was made.")
        .add(seconds(about.finished()));
    families
        .gauge("selfheal_exporter_start_time_seconds", "When the exporter was started.")
        .add(seconds(about.started()));
    families
        .gauge("selfheal_exporter_interval_seconds", "How often it looks.")
        .add(about.interval());
    families
        .gauge("selfheal_exporter_build_info", "Always 1; names the version.", "version")
        .add(1, about.version());
  }

  private static void addDeliveries(@Nullable Map<String, Long> deliveries, Families families) {
    Families.Family family =
        families.counter(
            "selfheal_exporter_webhook_notifications_total",
            "Notifications that were posted to exporter.webhook, by what became of them.",
            "result");
    if (deliveries != null) {
      new TreeMap<>(deliveries).forEach((result, count) -> family.add(count, result));
    }
  }

  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1e3;
  }
}
