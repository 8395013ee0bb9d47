package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.sample.Dialect;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The stall clock of one runner: it starts at demand without progress, and only progress stops it,
 * or {@link #CALM} without any sign of a request. That the demand goes away does not: a client that
 * gives up leaves a spinning runner spinning.
 */
final class RunnerClock {
  /** How long a runner must be calm after the demand has gone, or busy without any, to count. */
  static final Duration CALM = Duration.ofSeconds(30);

  private final CpuMeter cpu;
  private final CallTable calls;
  private final WaitedTime waited = new WaitedTime();
  private @Nullable StallClock clock;
  private @Nullable Duration demandedAt;
  private @Nullable Duration calmSince;
  private @Nullable Duration lastCalm;
  private Duration at = Duration.ZERO;

  /**
   * @param cpu the runner's use of it, noted before each {@link #move}
   * @param calls to the runner, the same
   */
  RunnerClock(CpuMeter cpu, CallTable calls) {
    this.cpu = cpu;
    this.calls = calls;
  }

  /** The clock that runs; null while none does. */
  @Nullable StallClock running() {
    return clock;
  }

  /** When it started; now if none runs. */
  Duration since() {
    return clock == null ? at : clock.since();
  }

  /** When the runner was last without any sign of a request; null if never. */
  @Nullable Duration lastCalm() {
    return lastCalm;
  }

  /** Whether those who wait were seen to for so short that only a canary can tell. */
  boolean glimpsed() {
    return clock != null
        && clock.kind() == StallClock.Kind.DEMANDED
        && waited.sum().compareTo(Flow.WINDOW) < 0;
  }

  /**
   * Notes a sample.
   *
   * @param demand who waits; null if nobody can be seen to
   * @param progress when the runner last made any; null if never
   */
  void move(Duration now, Traits traits, @Nullable Demand demand, @Nullable Duration progress) {
    at = now;
    progressed(progress);
    if (demand != null) {
      demandedAt = now;
      clock = StallClock.demanded(clock, demand.clock(progress), traits);
    } else if (clock == null || clock.kind() == StallClock.Kind.LEFT_BEHIND) {
      clock = undemanded(traits, progress);
    }
    resetWhenCalm(demand != null, traits.states());
    waited.add(now, clock == null ? null : clock.since(), demand != null);
  }

  /** The runner made progress at that time, if it is not null. */
  void progressed(@Nullable Duration seen) {
    if (clock != null && seen != null && seen.compareTo(clock.since()) > 0) {
      clock = null;
    }
  }

  /** A model is being loaded into the runner: no clock runs. */
  void loading() {
    clock = null;
    calmSince = null;
  }

  /** A canary was not answered: whom it is busy for, it does not serve. */
  void silent(States states) {
    if (clock != null && suspect(states)) {
      clock = clock.as(StallClock.Kind.CONDEMNED);
    }
  }

  /** No canary can be sent to it: whom it is busy for, nobody can say. */
  void unasked() {
    if (clock != null && clock.kind() == StallClock.Kind.LEFT_BEHIND) {
      clock = clock.as(StallClock.Kind.UNDECIDABLE);
    }
  }

  /** Whether it is busy for nobody one can see, so that only a canary can tell if it serves. */
  boolean suspect(States states) {
    boolean gone = demandedAt == null || at.minus(demandedAt).compareTo(CALM) >= 0;
    return clock != null && gone && states.stoppedSince() == null && cpu.quietSince() == null;
  }

  /** A clock that runs although nobody can be seen to wait. */
  private @Nullable StallClock undemanded(Traits traits, @Nullable Duration progress) {
    Duration stopped = traits.states().stoppedSince();
    if (stopped != null) {
      return traits.view().process().dialect() == Dialect.POOLED
          ? new StallClock(stopped, StallClock.Kind.STOPPED_UNSEEN)
          : null;
    }
    Duration busy = cpu.busySince();
    if (busy == null) {
      return null;
    }
    Duration since = progress != null && progress.compareTo(busy) > 0 ? progress : busy;
    return at.minus(since).compareTo(CALM) >= 0
        ? new StallClock(since, StallClock.Kind.LEFT_BEHIND)
        : null;
  }

  private void resetWhenCalm(boolean demanded, States states) {
    boolean stirs =
        demanded || calls.anyClosing() || states.stoppedSince() != null || cpu.quietSince() == null;
    calmSince = stirs ? null : calmSince == null ? at : calmSince;
    if (!stirs) {
      lastCalm = at;
    }
    if (calmSince != null && at.minus(calmSince).compareTo(CALM) >= 0) {
      clock = null;
    }
  }
}
