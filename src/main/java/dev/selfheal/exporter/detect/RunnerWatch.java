package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.detect.Condition.Stalled;
import dev.selfheal.exporter.sample.Dialect;
import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.LogEvent.Completed;
import dev.selfheal.exporter.sample.LogEvent.Route;
import dev.selfheal.exporter.sample.ProcessState;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stall clock of one runner: it starts at demand without progress, and only progress stops it,
 * or {@link #CALM} without any sign of a request. That the demand goes away does not: a client that
 * gives up leaves a spinning runner spinning.
 */
final class RunnerWatch {
  /** How long a runner must be calm after the demand has gone, or busy without any, to count. */
  static final Duration CALM = Duration.ofSeconds(30);

  private final RunnerId id;
  private final CpuMeter cpu = new CpuMeter();
  private final GpuMeter gpu = new GpuMeter();
  private final CallTable calls = new CallTable();
  private final States states = new States();
  private final WaitedTime waited = new WaitedTime();
  private @Nullable Duration progress;
  private @Nullable Duration linesSince;
  private @Nullable Duration calmSince;
  private @Nullable Duration lastCalm;
  private @Nullable StallClock clock;
  private Demand.Held held = Demand.Held.nothing(Duration.ZERO);
  private boolean resident;
  private @Nullable Traits traits;
  private @Nullable Duration demandedAt;
  private @Nullable Demand demand;
  private Duration at = Duration.ZERO;

  RunnerWatch(RunnerId id) {
    this.id = id;
  }

  /** Notes what a sample shows of it. */
  void observe(Duration now, RunnerView view) {
    at = now;
    cpu.add(now, view.process().stat().cpu());
    states.add(now, view.process().stat().state());
    // Whoever keeps the GPU busy then, a stopped process does not.
    boolean stopped = states.stoppedSince() != null;
    gpu.add(now, stopped && view.gpu() == GpuUse.BUSY ? GpuUse.UNKNOWN : view.gpu());
    if (view.resident() != null) {
      resident = view.resident();
    }
    linesSince = !view.shared().lines() ? null : linesSince == null ? at : linesSince;
    traits = new Traits(view, cpu.cores(), resident, gpu, states, linesSince);
    long sent = calls.add(now, view.connections());
    held = held.next(now, view.shared().clientStopped() ? null : view.expiry());
    noteProgress(progressIn(view, sent));
    demand = Demand.of(view, calls, held);
    moveClock(traits);
  }

  /** A canary was answered by it: it lives. */
  void answered() {
    noteProgress(at);
  }

  /** A canary was not answered: whom it is busy for, it does not serve. */
  void silent() {
    if (clock != null && suspect()) {
      clock = clock.as(StallClock.Kind.CONDEMNED);
    }
  }

  /** No canary can be sent to it: whom it is busy for, nobody can say. */
  void unasked() {
    if (clock != null && clock.kind() == StallClock.Kind.LEFT_BEHIND) {
      clock = clock.as(StallClock.Kind.UNDECIDABLE);
    }
  }

  /** A model is being loaded into it: no clock runs. */
  void loading() {
    clock = null;
    calmSince = null;
  }

  /** Whether it is busy for nobody one can see, so that only a canary can tell if it serves. */
  boolean suspect() {
    boolean gone = demandedAt == null || at.minus(demandedAt).compareTo(CALM) >= 0;
    return clock != null && gone && states.stoppedSince() == null && cpu.quietSince() == null;
  }

  /** When its clock started; now if none runs. */
  Duration clockSince() {
    return clock == null ? at : clock.since();
  }

  /** Its stall, with the threshold that applies; null while no clock runs. */
  @Nullable Stalled stall(Limits limits) {
    if (clock == null || traits == null) {
      return null;
    }
    Duration since = clock.since();
    Duration wasCalm = lastCalm == null || lastCalm.compareTo(since) < 0 ? null : lastCalm;
    Duration calm = wasCalm == null ? Duration.ZERO : wasCalm.plus(CALM).minus(since);
    boolean enough = traits.stopped() || wasCalm == null || gpu.enoughSince(wasCalm);
    Stalled stall = limits.judge(id, at, proven(clock, traits), traits);
    return heals(traits)
        ? new Stalled(stall.duration(), null, stall.reason(), stall.runner())
        : notBefore(enough ? calm : at.minus(since), stall);
  }

  /** Whether those who wait were seen for long enough: if not, only a canary can tell. */
  private StallClock proven(StallClock running, Traits now) {
    boolean glimpse =
        running.kind() == StallClock.Kind.DEMANDED
            && !now.stopped()
            && waited.sum().compareTo(Flow.WINDOW) < 0;
    return glimpse ? running.as(StallClock.Kind.LEFT_BEHIND) : running;
  }

  /** From 0.30 on Ollama itself replaces one that was stopped while nobody waited. */
  private boolean heals(Traits now) {
    boolean perCall = now.view().process().dialect() == Dialect.CONNECTION_PER_CALL;
    return perCall && now.stopped() && demand == null;
  }

  /** What was calm a moment ago, or was not looked at often, may just have had nothing to do. */
  private static Stalled notBefore(Duration earliest, Stalled stall) {
    Duration threshold = stall.threshold();
    return threshold == null || threshold.compareTo(earliest) >= 0
        ? stall
        : new Stalled(stall.duration(), earliest, stall.reason(), stall.runner());
  }

  /** How long the oldest of those that wait now has waited; zero if nobody does. */
  Duration oldest() {
    return demand == null ? Duration.ZERO : at.minus(demand.since());
  }

  /** How long the most silent call has gone without a byte; zero if nobody waits. */
  Duration silence() {
    return demand == null ? Duration.ZERO : at.minus(calls.silentSince(demand.since()));
  }

  /** How many calls to it are alive, as far as that can be seen. */
  int inFlight() {
    boolean pooled = traits != null && traits.view().process().dialect() == Dialect.POOLED;
    if (!pooled) {
      return calls.alive();
    }
    return Math.max(calls.answering(), demand == null ? 0 : 1);
  }

  /** When it last made progress; null if it was never seen to. */
  @Nullable Duration progress() {
    return progress;
  }

  /** Time since it last made progress; null if it was never seen to. */
  @Nullable Duration sinceProgress() {
    return progress == null ? null : at.minus(progress);
  }

  /** Time since it was last seen in state Z or D; null if it never was. */
  @Nullable Duration sinceStuck() {
    return states.lastStuck() == null ? null : at.minus(states.lastStuck());
  }

  /** How long it has been in state D in every sample. */
  Duration uninterruptible() {
    return states.uninterruptible(at);
  }

  CpuMeter cpu() {
    return cpu;
  }

  private void moveClock(Traits now) {
    if (demand != null) {
      demandedAt = at;
      clock = StallClock.demanded(clock, demand.clock(progress), now);
    } else if (clock == null || clock.kind() == StallClock.Kind.LEFT_BEHIND) {
      clock = undemanded(now.view().process().dialect());
    }
    resetWhenCalm();
    waited.add(at, clock == null ? null : clock.since(), demand != null);
  }

  /** A clock that runs although nobody can be seen to wait. */
  private @Nullable StallClock undemanded(Dialect dialect) {
    Duration stopped = states.stoppedSince();
    if (stopped != null) {
      return dialect == Dialect.POOLED
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

  private void resetWhenCalm() {
    boolean stirs =
        demand != null
            || calls.anyClosing()
            || states.stoppedSince() != null
            || cpu.quietSince() == null;
    calmSince = stirs ? null : calmSince == null ? at : calmSince;
    if (!stirs) {
      lastCalm = at;
    }
    if (calmSince != null && at.minus(calmSince).compareTo(CALM) >= 0) {
      clock = null;
    }
  }

  private void noteProgress(@Nullable Duration seen) {
    progress = CallTable.latest(Stream.of(progress, seen));
    if (clock != null && progress != null && progress.compareTo(clock.since()) > 0) {
      clock = null;
    }
  }

  private @Nullable Duration progressIn(RunnerView view, long sent) {
    RunnerView.Shared shared = view.shared();
    boolean now = shared.flows() || shared.events().stream().anyMatch(event -> proves(event, sent));
    return CallTable.latest(
        Stream.of(now ? at : null, calls.progress(shared.counted()), gpu.progress()));
  }

  private static boolean proves(LogEvent event, long sent) {
    if (event instanceof Completed done) {
      // A stream that was given up logs 200 too.
      return done.status() == 200 && (done.route() == Route.EMBEDDING || sent > Flow.ANSWERING);
    }
    return event instanceof LogEvent.Progress;
  }

  /** Whether it died and was not reaped. */
  boolean zombie() {
    return states.last() == ProcessState.ZOMBIE;
  }
}
