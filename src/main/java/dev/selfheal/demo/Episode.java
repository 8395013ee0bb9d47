package dev.selfheal.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.demo.Watch.Awaited;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A freeze, from the order to freeze until the receiver has heard of it. */
final class Episode {
  private final Stage stage;
  private final Before before;
  private final Frozen frozen;
  private long incident;

  /**
   * How things were before it.
   *
   * @param serve the process of the server
   * @param runner the process of the runner
   * @param incident the number of the last incident
   * @param failures of requests
   * @param at the time of the order
   */
  record Before(long serve, long runner, long incident, int failures, Instant at) {

    /**
     * Looks whether what is to freeze is still there.
     *
     * @throws DemoFailed if it has ended although the receiver has not heard of the freeze yet
     */
    void check(ReceiverView receiver) throws DemoFailed, IOException, InterruptedException {
      String ended = ended();
      // In this order: whatever the receiver ends, it has heard of the freeze before.
      if (ended != null && receiver.incidentAfter(incident) == null) {
        throw DemoFailed.notShown(
            "the fake Ollama's " + ended + " has ended by itself: look at its log, below");
      }
    }

    private @Nullable String ended() {
      if (!Host.isAlive(serve)) {
        return "server (process " + serve + ")";
      }
      return Host.isAlive(runner) ? null : "runner (process " + runner + ")";
    }
  }

  private Episode(Stage stage, Manner manner, Before before) {
    this.stage = stage;
    this.before = before;
    this.frozen = new Frozen(stage, manner, before);
  }

  /** Freezes the runner. */
  static Episode begin(Stage stage, Manner manner) throws IOException, InterruptedException {
    Host host = stage.cast().host();
    JsonNode last = stage.cast().receiver().incidentAfter(0);
    long runner = host.freeze(manner);
    stage.screen().freezes();
    return new Episode(
        stage,
        manner,
        new Before(
            host.serve(),
            runner,
            last == null ? 0 : last.path("id").asLong(),
            stage.cast().clients().failures(),
            stage.clock().instant()));
  }

  Before before() {
    return before;
  }

  /** Shows that it is frozen. */
  void showFrozen() throws DemoFailed, InterruptedException {
    frozen.show();
  }

  /** Shows the exporter's stall clock until it is beyond the threshold. */
  void showEvidence() throws DemoFailed, InterruptedException {
    Awaited awaited =
        new Awaited(
            "the exporter's stall clock passes its threshold",
            stage.tempo().evidence(),
            "the exporter's log and docs/detection.md",
            this::clock);
    stage.screen().step(Mark.EVIDENCE, stage.watch().until(awaited, this::evidence));
  }

  private @Nullable String evidence() throws IOException, DemoFailed, InterruptedException {
    before.check(stage.cast().receiver());
    Gauges found = stage.cast().host().found();
    double stalled = found.value("ollama_frozen_duration_seconds").orElse(0);
    double allowed = found.value("ollama_frozen_threshold_seconds").orElse(Double.MAX_VALUE);
    return !frozen.isNews(found) || stalled <= allowed
        ? null
        : String.format(
            Locale.ROOT,
            "somebody has waited without progress for %.1f s, and %.1f s are allowed: %s",
            stalled,
            allowed,
            found.chosen("ollama_frozen_reason", "reason").orElse("for no reason"));
  }

  private String clock() throws IOException {
    Gauges found = stage.cast().host().found();
    OptionalDouble allowed = found.value("ollama_frozen_threshold_seconds");
    return String.format(
        Locale.ROOT,
        "the exporter's stall clock: %.1f s, %s",
        found.value("ollama_frozen_duration_seconds").orElse(0),
        allowed.isEmpty() || Double.isInfinite(allowed.getAsDouble())
            ? "and no length of it proves a freeze yet"
            : String.format(Locale.ROOT, "of %.1f s", allowed.getAsDouble()));
  }

  /** The number of the incident that it is to the receiver; 0 before that has heard of it. */
  long incident() {
    return incident;
  }

  /** Shows that the receiver has heard of it. */
  void showAlert() throws DemoFailed, InterruptedException {
    String who = stage.cast().prometheusOrNull() == null ? "the exporter" : "Alertmanager";
    PrometheusView prometheus = stage.cast().prometheusOrNull();
    if (prometheus != null) {
      stage.watch().until(awaitedAlert("Prometheus fires OllamaFrozen"), prometheus::firing);
      stage.screen().step(Mark.RULE, "Prometheus fires OllamaFrozen");
    }
    incident =
        stage
            .watch()
            .until(
                awaitedAlert("the receiver hears of it from " + who),
                () -> stage.cast().receiver().incidentAfter(before.incident()))
            .path("id")
            .asLong();
    stage
        .screen()
        .step(
            Mark.ALERT,
            "%s has told the receiver: incident %d is open, and in the ledger"
                .formatted(who, incident));
  }

  private Awaited awaitedAlert(String what) {
    return new Awaited(
        what,
        stage.tempo().shortly().plusSeconds(20),
        "the logs of the exporter and the receiver",
        () -> what + ": not yet");
  }
}
