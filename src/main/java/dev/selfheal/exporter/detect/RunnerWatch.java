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

/** What the samples show of one runner: who waits for it, its progress, and its stall. */
final class RunnerWatch {
  private final RunnerId id;
  private final CpuMeter cpu = new CpuMeter();
  private final GpuMeter gpu = new GpuMeter();
  private final CallTable calls = new CallTable();
  private final States states = new States();
  private final RunnerClock clock = new RunnerClock(cpu, calls);
  private @Nullable Duration progress;
  private @Nullable Duration linesSince;
  private Demand.Held held = Demand.Held.nothing(Duration.ZERO);
  private boolean resident;
  private @Nullable Traits traits;
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
    progress = CallTable.latest(Stream.of(progress, progressIn(view, sent)));
    demand = Demand.of(view, calls, held);
    clock.move(now, traits, demand, progress);
  }

  /** A canary was answered by it: it lives. */
  void answered() {
    progress = at;
    clock.progressed(at);
  }

  /** A canary was not answered. */
  void silent() {
    clock.silent(states);
  }

  /** No canary can be sent to it. */
  void unasked() {
    clock.unasked();
  }

  /** A model is being loaded into it: no clock runs. */
  void loading() {
    clock.loading();
  }

  /** Whether it is busy for nobody one can see, so that only a canary can tell if it serves. */
  boolean suspect() {
    return clock.suspect(states);
  }

  /** When its clock started; now if none runs. */
  Duration clockSince() {
    return clock.since();
  }

  /** Its stall, with the threshold that applies; null while no clock runs. */
  @Nullable Stalled stall(Limits limits) {
    StallClock running = clock.running();
    return running == null || traits == null
        ? null
        : new RunnerStall(id, running, traits).judge(limits, at, clock, demand != null);
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
