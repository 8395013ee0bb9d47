package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.detect.Condition.Stalled;
import dev.selfheal.exporter.sample.Gpus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the threshold that applies to a stall. Evidence that began after the clock counts from
 * its own beginning: the threshold is later by as much.
 *
 * @param gpuLost no restart can cure what stalls then, so no length of a stall proves a freeze
 * @param canary whether canaries are sent
 */
record Limits(Thresholds thresholds, boolean gpuLost, boolean canary) {
  /** A runner that waits in the kernel for longer than a page-in takes cannot be restarted. */
  static final Duration PAGE_IN = Duration.ofSeconds(15);

  private static final int UNSEEN = 3;

  static Limits of(Thresholds thresholds, Gpus gpus, boolean canary) {
    return new Limits(thresholds, gpus instanceof Gpus.Lost, canary);
  }

  Stalled judge(RunnerId runner, Duration at, StallClock clock, Traits traits) {
    StallReason reason = traits.stopped() ? StallReason.RUNNER_STOPPED : StallReason.RUNNER_STALLED;
    Duration limit = incurable(at, traits) ? null : limit(clock, traits);
    return new Stalled(at.minus(clock.since()), limit, reason, runner);
  }

  private boolean incurable(Duration at, Traits traits) {
    Duration stuck = traits.states().uninterruptibleSince();
    return gpuLost || (stuck != null && at.minus(stuck).compareTo(PAGE_IN) >= 0);
  }

  private @Nullable Duration limit(StallClock clock, Traits traits) {
    Duration stopped = traits.states().stoppedSince();
    if (stopped != null) {
      boolean unseen =
          clock.kind() == StallClock.Kind.STOPPED_UNSEEN
              || clock.kind() == StallClock.Kind.DOUBTFUL;
      return late(clock, stopped, thresholds.stopped().multipliedBy(unseen ? UNSEEN : 1));
    }
    return switch (clock.kind()) {
      case LEFT_BEHIND -> canary ? null : slow(clock, traits);
      case DOUBTFUL, UNDECIDABLE, STOPPED_UNSEEN -> slow(clock, traits);
      case DEMANDED, CONDEMNED -> fast(clock, traits);
    };
  }

  private Duration fast(StallClock clock, Traits traits) {
    Duration idle = traits.gpuIdleSince(clock.since());
    if (idle == null) {
      return slow(clock, traits);
    }
    Duration fast = late(clock, idle, thresholds.gpu());
    return fast.compareTo(slow(clock, traits)) < 0 ? fast : slow(clock, traits);
  }

  private Duration slow(StallClock clock, Traits traits) {
    Duration lines = traits.linesSince();
    Duration blind = thresholds.cpuBlind();
    Duration cpu = lines == null ? blind : late(clock, lines, thresholds.cpu());
    return cpu.compareTo(blind) < 0 ? cpu : blind;
  }

  private static Duration late(StallClock clock, Duration evidence, Duration limit) {
    Duration late = evidence.minus(clock.since());
    return late.isNegative() ? limit : limit.plus(late);
  }
}
