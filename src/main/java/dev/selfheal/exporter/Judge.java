package dev.selfheal.exporter;

import dev.selfheal.exporter.detect.FreezeDetector;
import dev.selfheal.exporter.detect.Verdict;
import dev.selfheal.exporter.sample.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges samples, with the help of canaries where the detector asks for them. */
final class Judge {
  private static final Logger LOG = LoggerFactory.getLogger(Judge.class);

  private final FreezeDetector detector;
  private final @Nullable CanaryWatch canaries;
  private boolean fails;

  /**
   * What came of a round.
   *
   * @param verdict null if the detector failed
   * @param canaries what came of earlier ones
   */
  record Ruling(@Nullable Verdict verdict, List<CanaryResult> canaries) {}

  /**
   * @param canaries null where none may be sent
   */
  Judge(FreezeDetector detector, @Nullable CanaryWatch canaries) {
    this.detector = detector;
    this.canaries = canaries;
  }

  /** Judges the next sample; a detector that fails is told of once, and asked again. */
  Ruling judge(Sample sample, Instant now) {
    List<CanaryResult> results = new ArrayList<>();
    try {
      collectCanaries(results);
      Verdict verdict = detector.observe(sample, now);
      if (canaries != null) {
        canaries.follow(sample, verdict.suspects());
      }
      fails = false;
      return new Ruling(verdict, results);
    } catch (RuntimeException e) {
      if (!fails) {
        LOG.error("a sample could not be judged, please report it", e);
      }
      fails = true;
      return new Ruling(null, results);
    }
  }

  private void collectCanaries(List<CanaryResult> results) {
    if (canaries == null) {
      return;
    }
    for (CanaryWatch.Outcome outcome : canaries.collect()) {
      LOG.info("canary to the runner {}: {}", outcome.runner().pid(), outcome.result());
      results.add(outcome.result());
      if (outcome.result() instanceof CanaryResult.Answered) {
        detector.canaryAnswered(outcome.runner());
      } else if (outcome.result() instanceof CanaryResult.NoAnswer) {
        detector.canarySilent(outcome.runner());
      } else {
        detector.canaryImpossible(outcome.runner());
      }
    }
  }
}
