package dev.selfheal.exporter;

import dev.selfheal.exporter.detect.RunnerId;
import dev.selfheal.exporter.detect.Verdict;
import dev.selfheal.exporter.sample.Sample;
import java.time.Instant;

/** Tells from samples, one after the other, how a server is. */
public interface Judge {

  /**
   * Judges one more sample.
   *
   * @param now of a clock that is never set
   */
  Verdict judge(Sample sample, Instant now);

  /** Takes note of what a runner did with a canary. */
  void noteCanary(RunnerId runner, CanaryResult result);
}
