package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.detect.Condition.Stalled;
import dev.selfheal.exporter.sample.Dialect;
import java.time.Duration;

/** A runner's stall, and how long it may last before it is a freeze. */
record RunnerStall(RunnerId runner, StallClock running, Traits traits) {

  /**
   * Judges it.
   *
   * @param at the time of the last sample
   * @param clock where it was seen for how long
   * @param demanded whether somebody waits now
   */
  Stalled judge(Limits limits, Duration at, RunnerClock clock, boolean demanded) {
    // If those who wait were not seen for long enough, only a canary can tell.
    boolean glimpse = clock.glimpsed() && !traits.stopped();
    StallClock proven = glimpse ? running.as(StallClock.Kind.LEFT_BEHIND) : running;
    Stalled stall = limits.judge(runner, at, proven, traits);
    return heals(demanded)
        ? new Stalled(stall.duration(), null, stall.reason(), stall.runner())
        : notBefore(earliest(at, clock), stall);
  }

  /** From 0.30 on Ollama itself replaces one that was stopped while nobody waited. */
  private boolean heals(boolean demanded) {
    boolean perCall = traits.view().process().dialect() == Dialect.CONNECTION_PER_CALL;
    return perCall && traits.stopped() && !demanded;
  }

  /** What was calm a moment ago, or was not looked at often, may just have had nothing to do. */
  private Duration earliest(Duration at, RunnerClock clock) {
    Duration since = running.since();
    Duration calm = clock.lastCalm();
    if (calm == null || calm.compareTo(since) < 0) {
      return Duration.ZERO;
    }
    boolean enough = traits.stopped() || traits.gpu().enoughSince(calm);
    return enough ? calm.plus(RunnerClock.CALM).minus(since) : at.minus(since);
  }

  private static Stalled notBefore(Duration earliest, Stalled stall) {
    Duration threshold = stall.threshold();
    return threshold == null || threshold.compareTo(earliest) >= 0
        ? stall
        : new Stalled(stall.duration(), earliest, stall.reason(), stall.runner());
  }
}
