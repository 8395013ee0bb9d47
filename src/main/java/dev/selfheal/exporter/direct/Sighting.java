package dev.selfheal.exporter.direct;

import dev.selfheal.exporter.detect.Condition;
import dev.selfheal.exporter.detect.Verdict;
import dev.selfheal.exporter.sample.Gpus;
import dev.selfheal.exporter.sample.Sample;
import java.time.Duration;

/** What one round means for somebody who can restart a server. */
sealed interface Sighting {

  /** As in the rule of OllamaFrozen: what waits in the kernel so long outlives a restart. */
  Duration STUCK = Duration.ofSeconds(60);

  /** It is frozen, and a restart may cure it. */
  record Frozen(Condition.Stalled stall) implements Sighting {}

  /**
   * Somebody waits without progress; that is no freeze as things are, or nothing to restart for.
   */
  record Waiting(Duration duration) implements Sighting {}

  /** Nobody waits in vain. */
  record Healthy() implements Sighting {}

  /** The same conclusion as the rule of OllamaFrozen draws from the exporter's metrics. */
  static Sighting of(Sample sample, Verdict verdict) {
    if (!(verdict.condition() instanceof Condition.Stalled stall)) {
      return new Healthy();
    }
    boolean incurable =
        sample.gpus() instanceof Gpus.Lost || verdict.uninterruptible().compareTo(STUCK) >= 0;
    return stall.frozen() && !incurable ? new Frozen(stall) : new Waiting(stall.duration());
  }
}
