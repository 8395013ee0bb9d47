package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.sample.Connection;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.RunnerProcess;
import dev.selfheal.exporter.sample.Sample;
import dev.selfheal.exporter.sample.Sockets;
import dev.selfheal.exporter.sample.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a frozen Ollama from one that is idle, busy, loading or works on the CPU: frozen is demand
 * without progress for longer than a threshold, while nothing is being loaded. Fed with samples,
 * one after the other; not safe for use by several threads.
 */
public final class FreezeDetector {
  private final Thresholds thresholds;
  private final boolean canary;
  private final int apiPort;
  private final WatchedTime runnerTime = new WatchedTime();
  private final WatchedTime apiTime = new WatchedTime();
  private final Models models = new Models();
  private final LogWatch log = new LogWatch();
  private final Map<RunnerId, RunnerWatch> runners = new HashMap<>();
  private @Nullable RunnerId serve;
  private ServeWatch api = new ServeWatch();
  private QueueWatch queue = new QueueWatch();
  private LoadWatch loads = new LoadWatch();
  private States serveStates = new States();
  private Flow loopback = new Flow();

  /**
   * Starts with nothing known.
   *
   * @param canary whether canaries are sent to the suspects of its verdicts
   * @param apiPort where the server listens
   */
  public FreezeDetector(Thresholds thresholds, boolean canary, int apiPort) {
    this.thresholds = thresholds;
    this.canary = canary;
    this.apiPort = apiPort;
  }

  /**
   * Judges everything seen so far.
   *
   * @param sample what was seen now
   * @param steady the time of the sample, from a clock that goes on evenly whatever is done to the
   *     host's; its zero does not matter
   */
  public Verdict observe(Sample sample, Instant steady) {
    models.add(sample, steady);
    log.add(sample.log());
    Duration apiAt = apiTime.tick(steady);
    Processes seen = known(sample.processes());
    Sockets sockets = known(sample.sockets());
    if (seen != null) {
      follow(seen);
    }
    log.events().forEach(loads::note);
    observeApi(apiAt, sample, seen, sockets);
    if (seen == null || sockets == null) {
      runnerTime.blink(steady);
    } else {
      observeRunners(runnerTime.tick(steady), sample, seen, sockets);
    }
    return new Judgement(this, sample, seen, sockets).verdict();
  }

  /** A canary was answered by a runner: it lives. */
  public void canaryAnswered(RunnerId runner) {
    RunnerWatch watch = runners.get(runner);
    if (watch != null) {
      watch.answered();
    }
  }

  /** A canary got no answer within its 30 s. */
  public void canarySilent(RunnerId runner) {
    RunnerWatch watch = runners.get(runner);
    if (watch != null) {
      watch.silent();
    }
  }

  /** No canary can be sent to a runner: its model or that model's context is not known. */
  public void canaryImpossible(RunnerId runner) {
    RunnerWatch watch = runners.get(runner);
    if (watch != null) {
      watch.unasked();
    }
  }

  Map<RunnerId, RunnerWatch> runners() {
    return runners;
  }

  ServeWatch api() {
    return api;
  }

  QueueWatch queue() {
    return queue;
  }

  LoadWatch loads() {
    return loads;
  }

  Duration serveUninterruptible() {
    return serveStates.uninterruptible(runnerTime.watched());
  }

  LogWatch log() {
    return log;
  }

  Thresholds thresholds() {
    return thresholds;
  }

  Limits limits(Sample sample) {
    return Limits.of(thresholds, sample.gpus(), canary);
  }

  /** A server that was replaced takes its runners and everything known of it along. */
  private void follow(Processes seen) {
    RunnerId now = seen.serve() == null ? null : RunnerId.of(seen.serve());
    if (now == null || !now.equals(serve)) {
      runners.clear();
      api = new ServeWatch();
      queue = new QueueWatch();
      loads = new LoadWatch();
      serveStates = new States();
      loopback = new Flow();
    }
    serve = now;
  }

  private void observeApi(
      Duration at, Sample sample, @Nullable Processes seen, @Nullable Sockets sockets) {
    boolean listens =
        serve != null
            || (sockets != null
                && sockets.listeners().stream().anyMatch(on -> on.local().port() == apiPort));
    boolean up = seen == null || seen.serve() != null;
    api.observe(
        at,
        sample.api(),
        seen == null || seen.serve() == null ? null : seen.serve().state(),
        listens && up);
  }

  private void observeRunners(Duration at, Sample sample, Processes seen, Sockets sockets) {
    if (seen.serve() != null) {
      serveStates.add(at, seen.serve().state());
    }
    Set<RunnerId> there = new HashSet<>();
    List<RunnerProcess> alive = Judgement.alive(seen);
    boolean flows = flows(at, sockets) && alive.size() == 1;
    for (RunnerProcess runner : seen.runners()) {
      RunnerId id = RunnerId.of(runner.stat());
      there.add(id);
      RunnerWatch watch = runners.computeIfAbsent(id, RunnerWatch::new);
      watch.observe(at, view(sample, sockets, runner, alive.size(), flows));
    }
    runners.keySet().retainAll(there);
    observeLoads(at, sample, alive);
    List<Connection> atApi =
        sockets.connections().stream().filter(on -> on.local().port() == apiPort).toList();
    queue.observe(at, atApi, excused(at), api.listBlockedSince() != null);
  }

  private RunnerView view(
      Sample sample, Sockets sockets, RunnerProcess runner, int alive, boolean flows) {
    return new RunnerView(
        runner,
        sockets.connections().stream().filter(on -> on.local().port() == runner.port()).toList(),
        GpuUse.of(sample.gpus(), runner.stat().pid()),
        resident(sample, runner, alive),
        models.expiryOf(runner, alive),
        new RunnerView.Shared(
            alive == 1 ? log.events() : List.of(),
            alive == 1 && log.showsProgress(runner.dialect()),
            sockets.counted(),
            flows,
            queue.clientStopped()));
  }

  private @Nullable Boolean resident(Sample sample, RunnerProcess runner, int alive) {
    Boolean resident = models.resident(runner, alive);
    return resident == null ? null : resident && models.areOn(sample.gpus());
  }

  private void observeLoads(Duration at, Sample sample, List<RunnerProcess> alive) {
    if (!log.readable()) {
      loads.logLost();
    }
    loads.observe(at, alive, models.count(), sample.gpus());
    RunnerWatch loading = loads.loading() == null ? null : runners.get(loads.loading());
    if (loading != null) {
      loading.loading();
    }
    runners.values().stream().filter(RunnerWatch::zombie).forEach(RunnerWatch::loading);
  }

  /** Whether something explains that requests wait in the server. */
  private boolean excused(Duration at) {
    return loads.loading() != null
        || log.completed()
        || queue.clientStopped() // it keeps a runner from the others
        || runners.values().stream()
            .anyMatch(watch -> watch.cpu().busySince() != null || recent(watch.progress(), at));
  }

  private boolean flows(Duration at, Sockets sockets) {
    Long bytes = sockets.loopbackBytes();
    if (bytes == null) {
      return false;
    }
    // Both directions are one number there: only much of it, again and again, is more than health
    // checks of Ollama or of its container.
    loopback.add(at, new Traffic(bytes, bytes, Duration.ZERO, Duration.ZERO));
    return loopback.progress() != null && loopback.steady();
  }

  private static boolean recent(@Nullable Duration progress, Duration at) {
    return progress != null && at.minus(progress).compareTo(Flow.WINDOW) <= 0;
  }

  private static <T> @Nullable T known(Reading<T> reading) {
    return reading instanceof Reading.Known<T> known ? known.value() : null;
  }
}
