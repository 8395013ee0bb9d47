package dev.selfheal.metrics;

import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Outcome;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.GarbageCollectorExports;
import io.prometheus.client.hotspot.MemoryPoolsExports;
import io.prometheus.client.hotspot.StandardExports;
import io.prometheus.client.hotspot.ThreadExports;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The metrics of one receiver. Safe for use by several threads. */
public final class ReceiverMetrics {

  private static final double[] WEBHOOK_SECONDS = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30
  };
  private static final double[] START_SECONDS = {0.1, 0.5, 1, 5, 15, 60, 120, 300, 900, 3600};
  private static final double[] RECOVER_SECONDS = {5, 10, 20, 30, 60, 90, 120, 180, 300, 600, 1800};

  private static final String DELIVERED = "delivered";
  private static final String FAILED = "failed";

  private final CollectorRegistry registry = new CollectorRegistry(true);
  private final Counter restarts =
      counter(
          "ollama_selfheal_restarts_total",
          "Restarts that were attempted, by how they ended.",
          "target",
          "outcome");
  private final Counter requests =
      counter("selfheal_webhook_requests_total", "Requests to the webhook.", "code");
  private final Counter alerts =
      counter(
          "selfheal_alerts_total",
          "Alerts that arrived, by what was made of them.",
          "alertname",
          "status",
          "disposition");
  private final Counter decisions =
      counter(
          "selfheal_decisions_total",
          "Decisions that differ from the one before, by target.",
          "target",
          "decision",
          "reason");
  private final Counter escalationPosts =
      counter(
          "selfheal_escalation_posts_total",
          "Times that Alertmanager was told that a human is needed, or is no more, by result.",
          "result");
  private final Histogram webhookSeconds =
      histogram(
          "selfheal_webhook_duration_seconds",
          "From a webhook request to its answer.",
          WEBHOOK_SECONDS);
  private final Histogram startSeconds =
      histogram(
          "selfheal_time_to_start_seconds",
          "From the first news of an incident to the start of an attempt.",
          START_SECONDS);
  private final Histogram recoverSeconds =
      histogram(
          "selfheal_time_to_recover_seconds",
          "From an alert's startsAt to the proven recovery.",
          RECOVER_SECONDS);

  /**
   * @param version of this program
   */
  public ReceiverMetrics(String version) {
    List.of(restarts, requests, alerts, decisions, escalationPosts).forEach(registry::register);
    List.of(DELIVERED, FAILED).forEach(escalationPosts::labels);
    List.of(webhookSeconds, startSeconds, recoverSeconds).forEach(registry::register);
    Gauge build =
        Gauge.build("selfheal_build_info", "1, labelled with the version of this program.")
            .labelNames("version")
            .create();
    build.labels(version).set(1);
    registry.register(build);
    List.of(
            new StandardExports(),
            new MemoryPoolsExports(),
            new GarbageCollectorExports(),
            new ThreadExports())
        .forEach(registry::register);
  }

  /**
   * Shows how ledger and targets stand.
   *
   * @param standings how the targets stand, read at each scrape; empty if nobody can say
   * @param ledgerUp whether the ledger can be written, asked at each scrape
   */
  public void show(Supplier<Optional<List<StandingRow>>> standings, BooleanSupplier ledgerUp) {
    registry.register(new StandingCollector(standings, ledgerUp));
  }

  /**
   * Shows how the last drills ended.
   *
   * @param drills read at each scrape
   */
  public void showDrills(Supplier<List<DrillRow>> drills) {
    registry.register(new DrillCollector(drills));
  }

  /** Makes the series of targets exist, so that their first increase can be seen. */
  public void expect(List<String> targets) {
    for (String target : targets) {
      for (Outcome outcome : Outcome.values()) {
        restarts.labels(target, outcome.label());
      }
    }
  }

  /** A webhook request was answered. */
  public void webhook(int code, Duration took) {
    requests.labels(Integer.toString(code)).inc();
    webhookSeconds.observe(seconds(took));
  }

  /** An alert arrived. */
  public void alert(String alertname, String status, String disposition) {
    alerts.labels(alertname, status, disposition).inc();
  }

  /** Something new was decided about a target. */
  public void decided(String target, Decision decision) {
    decisions.labels(target, decision.label(), decision.reason().label()).inc();
  }

  /** An attempt was started so long after the first news of its incident. */
  public void started(Duration sinceOpened) {
    startSeconds.observe(seconds(sinceOpened));
  }

  /** An attempt has ended. */
  public void ended(String target, Result result) {
    restarts.labels(target, result.outcome().label()).inc();
  }

  /** A recovery was proven so long after the alert began to fire. */
  public void recovered(Duration sinceFiring) {
    recoverSeconds.observe(seconds(sinceFiring));
  }

  /** Alertmanager was told of an escalation, or that it is over. */
  public void escalationPosted(boolean taken) {
    escalationPosts.labels(taken ? DELIVERED : FAILED).inc();
  }

  /** Writes all metrics in Prometheus' text format. */
  public void write(Writer writer) throws IOException {
    TextFormat.write004(writer, registry.metricFamilySamples());
  }

  /** The media type of what {@link #write} writes. */
  public static String contentType() {
    return TextFormat.CONTENT_TYPE_004;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static Counter counter(String name, String help, String... labels) {
    return Counter.build(name, help).labelNames(labels).create();
  }

  private static Histogram histogram(String name, String help, double... buckets) {
    return Histogram.build(name, help).buckets(buckets).create();
  }
}
