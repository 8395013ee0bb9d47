package dev.selfheal.exporter;

import dev.selfheal.exporter.detect.Condition;
import dev.selfheal.exporter.detect.RunnerId;
import dev.selfheal.exporter.detect.StallReason;
import dev.selfheal.exporter.detect.Verdict;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the detector makes of the sample. */
final class VerdictMetrics {

  private VerdictMetrics() {}

  static void add(Page page, Families families) {
    Verdict verdict = page.verdict();
    if (verdict == null) {
      return;
    }
    addCalls(verdict.calls(), families);
    families
        .gauge(
            "ollama_last_progress_timestamp_seconds",
            "When any runner was last seen to make progress.")
        .add(progress(page.about().finished(), verdict.sinceProgress()));
    families
        .gauge("ollama_model_loading", "Whether a model is being loaded.")
        .add(verdict.loading());
    families
        .gauge(
            "ollama_uninterruptible_seconds",
            "How long the server or a runner has waited in the kernel in every sample (state D).")
        .add(page.sample().processes() instanceof Reading.Known ? verdict.uninterruptible() : null);
    addFreeze(verdict.condition(), families);
    addModel(page.sample(), verdict.condition(), families);
  }

  private static void addCalls(Verdict.Calls calls, Families families) {
    boolean seen = calls.inFlight() != null;
    families
        .gauge("ollama_requests_in_flight", "Calls from the server to its runners that are alive.")
        .add(calls.inFlight());
    families
        .gauge("ollama_oldest_request_age_seconds", "How long the oldest of these has been there.")
        .add(seen ? calls.oldest() : null);
    families
        .gauge(
            "ollama_silent_request_seconds",
            "How long the most silent of these has gone without a byte, whatever the GPU does.")
        .add(seen || !calls.silent().isZero() ? calls.silent() : null);
  }

  private static void addFreeze(Condition condition, Families families) {
    Condition.Stalled stall = condition instanceof Condition.Stalled stalled ? stalled : null;
    families
        .gauge(
            "ollama_frozen_duration_seconds",
            "How long there has been demand without progress; frozen if above the threshold.")
        .add(stall == null ? Duration.ZERO : stall.duration());
    families
        .gauge(
            "ollama_frozen_threshold_seconds",
            "How long that may last as things are; +Inf while no length of it would prove a freeze.")
        .add(threshold(stall));
    Families.Family reasons =
        families.gauge("ollama_frozen_reason", "1 for the reason of the stall.", "reason");
    for (StallReason reason : StallReason.values()) {
      reasons.add(stall != null && stall.reason() == reason, reason.label());
    }
  }

  private static void addModel(Sample sample, Condition condition, Families families) {
    Families.Family info =
        families.gauge(
            "ollama_frozen_model_info",
            "Always 1; names the model whose runner stalls, where it is certain which it is.",
            "model");
    RunnerId runner = condition instanceof Condition.Stalled stalled ? stalled.runner() : null;
    String model = runner == null ? null : CanaryModel.nameOf(sample, runner.pid());
    if (model != null) {
      info.add(1, model);
    }
  }

  private static double threshold(Condition.@Nullable Stalled stall) {
    Duration threshold = stall == null ? null : stall.threshold();
    return threshold == null ? Double.POSITIVE_INFINITY : threshold.toMillis() / 1e3;
  }

  private static @Nullable Double progress(Instant now, @Nullable Duration since) {
    return since == null ? null : (Double) (now.minus(since).toEpochMilli() / 1e3);
  }
}
