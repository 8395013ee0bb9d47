package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.Api;
import dev.selfheal.exporter.sample.Attribution;
import dev.selfheal.exporter.sample.Connection;
import dev.selfheal.exporter.sample.ConnectionState;
import dev.selfheal.exporter.sample.Dialect;
import dev.selfheal.exporter.sample.Endpoint;
import dev.selfheal.exporter.sample.Gpu;
import dev.selfheal.exporter.sample.Gpus;
import dev.selfheal.exporter.sample.Listener;
import dev.selfheal.exporter.sample.LoadedModel;
import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.LogEvents;
import dev.selfheal.exporter.sample.ProcessStat;
import dev.selfheal.exporter.sample.ProcessState;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.RunnerProcess;
import dev.selfheal.exporter.sample.Sample;
import dev.selfheal.exporter.sample.Sockets;
import dev.selfheal.exporter.sample.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A host whose parts a test sets as it likes, and a detector that looks at it as time goes on. */
final class Scene {
  static final int API_PORT = 11434;
  static final long GIB = 1L << 30;

  /** A runner and its model. */
  static final class Runner {
    final long pid;
    final int port;
    Dialect dialect = Dialect.CONNECTION_PER_CALL;
    ProcessState state = ProcessState.SLEEPING;
    double cores;
    double gpuShare;
    boolean imagesOnCpu;
    boolean listed = true;
    double vram = 1;
    long pages = 1000;
    long pagesPerSecond;
    @Nullable Duration expiresIn = Duration.ofHours(24);
    boolean expiryStands = true;
    private Duration cpu = Duration.ofSeconds(3);
    private @Nullable Instant expires;

    private Runner(long pid) {
      this.pid = pid;
      this.port = (int) (40_000 + pid);
    }
  }

  /** A connection, at the API or at a runner. */
  static final class Call {
    final int port;
    final int peer;
    ConnectionState state = ConnectionState.ESTABLISHED;
    long sent;
    long received = 400;
    double sentPerSecond;
    double receivedPerSecond;
    long sendQueue;
    boolean told = true;
    Duration sinceSent = Duration.ZERO;
    Duration sinceReceived = Duration.ZERO;
    private double sentExactly;
    private double receivedExactly;

    private Call(int port, int peer) {
      this.port = port;
      this.peer = peer;
    }
  }

  final List<Runner> runners = new ArrayList<>();
  final List<Call> calls = new ArrayList<>();
  final List<LogEvent> said = new ArrayList<>();
  final List<Gpu> otherCards = new ArrayList<>();
  boolean serveRuns = true;
  ProcessState serveState = ProcessState.SLEEPING;
  boolean journal = true;
  boolean gpu = true;
  boolean attributed = true;
  boolean gpuLost;
  boolean gpuReadable = true;
  double foreignGpuShare;
  long gpuMemory = 64 * GIB;
  @Nullable Long loopbackBytes;
  boolean apiAnswers = true;
  boolean listAnswers = true;
  boolean counted = true;
  boolean processesRead = true;
  Thresholds thresholds = Thresholds.DEFAULT;
  boolean canary = true;
  boolean canaryAnswered = true;
  boolean canaryPossible = true;
  Duration interval = Duration.ofSeconds(5);
  Duration wallAhead = Duration.ZERO;
  Consumer<Scene> meanwhile = scene -> {};

  private @Nullable FreezeDetector detector;
  private Instant steady = Instant.parse("2026-11-22T00:00:00Z");
  private @Nullable Verdict last;
  private final Map<RunnerId, Instant> asked = new HashMap<>();
  private @Nullable Instant lastCanary;
  private int nextPid = 100;
  private int nextPeer = 50_000;
  int canaries;

  Runner runner() {
    Runner runner = new Runner(nextPid++);
    runners.add(runner);
    said.add(new LogEvent.RunnerSpoke());
    return runner;
  }

  Runner pooledRunner() {
    Runner runner = runner();
    runner.dialect = Dialect.POOLED;
    call(runner).received = 2400; // the one that stays open
    return runner;
  }

  Call call(Runner runner) {
    return call(runner.port);
  }

  Call apiCall() {
    return call(API_PORT);
  }

  private Call call(int port) {
    Call call = new Call(port, nextPeer++);
    calls.add(call);
    return call;
  }

  /** A detector that starts anew, as after a restart of the exporter. */
  Scene restartExporter() {
    detector = null;
    asked.clear();
    return this;
  }

  /** Lets time go by; the detector looks at each interval. */
  Scene pass(Duration time) {
    Instant end = steady.plus(time);
    while (steady.isBefore(end)) {
      advance(interval);
      look();
    }
    return this;
  }

  /** Lets time go by until the verdict is a freeze, at most for a time; how long it took. */
  Optional<Duration> untilFrozen(Duration atMost) {
    Instant begin = steady;
    while (steady.isBefore(begin.plus(atMost))) {
      advance(interval);
      look();
      if (frozen().isPresent()) {
        return Optional.of(Duration.between(begin, steady));
      }
    }
    return Optional.empty();
  }

  /** Lets time go by that nobody watches. */
  Scene unwatched(Duration time) {
    advance(time);
    return this;
  }

  Verdict verdict() {
    if (last == null) {
      throw new IllegalStateException("no time has passed yet");
    }
    return last;
  }

  /** The stall that counts as a freeze, if there is one. */
  Optional<Condition.Stalled> frozen() {
    return stalled().filter(Condition.Stalled::frozen);
  }

  Optional<Condition.Stalled> stalled() {
    return verdict().condition() instanceof Condition.Stalled stalled
        ? Optional.of(stalled)
        : Optional.empty();
  }

  private void advance(Duration time) {
    steady = steady.plus(time);
    meanwhile.accept(this);
    double seconds = time.toMillis() / 1000.0;
    for (Runner runner : runners) {
      runner.cpu = runner.cpu.plusMillis((long) (runner.cores * seconds * 1000));
      runner.pages += (long) (runner.pagesPerSecond * seconds);
    }
    calls.forEach(call -> move(call, seconds, time));
  }

  private static void move(Call call, double seconds, Duration time) {
    call.sentExactly += call.sentPerSecond * seconds;
    call.receivedExactly += call.receivedPerSecond * seconds;
    call.sinceSent = call.sentPerSecond > 0 ? Duration.ZERO : call.sinceSent.plus(time);
    call.sinceReceived = call.receivedPerSecond > 0 ? Duration.ZERO : call.sinceReceived.plus(time);
  }

  private void look() {
    if (detector == null) {
      detector = new FreezeDetector(thresholds, canary, API_PORT);
    }
    playCanaries(detector);
    last = detector.observe(sample(), steady);
    List<RunnerId> suspects = last.suspects();
    boolean due = lastCanary == null || !steady.isBefore(lastCanary.plusSeconds(120));
    if (canary && due && !suspects.isEmpty() && asked.isEmpty()) {
      asked.put(suspects.get(0), steady);
      lastCanary = steady;
      canaries++;
    }
  }

  private void playCanaries(FreezeDetector on) {
    for (Map.Entry<RunnerId, Instant> each : Map.copyOf(asked).entrySet()) {
      if (!canaryPossible) {
        on.canaryImpossible(each.getKey());
        asked.remove(each.getKey());
      } else if (canaryAnswered) {
        on.canaryAnswered(each.getKey());
        asked.remove(each.getKey());
      } else if (!steady.isBefore(each.getValue().plusSeconds(30))) {
        on.canarySilent(each.getKey());
        asked.remove(each.getKey());
      }
    }
  }

  private Sample sample() {
    Instant wall = steady.plus(wallAhead);
    Sample sample =
        new Sample(
            wall,
            processesRead ? known(processes()) : new Reading.Unknown<>("not told"),
            known(sockets()),
            api(wall),
            gpus(),
            journal ? known(new LogEvents(said, said.size() + 1)) : new Reading.Unknown<>("no"));
    said.clear();
    return sample;
  }

  private static <T> Reading<T> known(T value) {
    return new Reading.Known<>(value);
  }

  private Processes processes() {
    if (!serveRuns) {
      return new Processes(null, List.of());
    }
    ProcessStat serve = new ProcessStat(10, 1, serveState, Duration.ofSeconds(1), 5, 10);
    return new Processes(serve, runners.stream().map(Scene::process).toList());
  }

  private static RunnerProcess process(Runner runner) {
    ProcessStat stat =
        new ProcessStat(runner.pid, 10, runner.state, runner.cpu, runner.pid, runner.pages);
    return new RunnerProcess(
        stat, runner.port, runner.dialect, runner.imagesOnCpu, "sha256-" + runner.pid);
  }

  private Sockets sockets() {
    List<Connection> rows = new ArrayList<>();
    for (Call call : calls) {
      Traffic traffic =
          new Traffic(
              call.sent + (long) call.sentExactly,
              call.received + (long) call.receivedExactly,
              call.sinceSent,
              call.sinceReceived);
      rows.add(
          new Connection(
              call.state,
              new Endpoint("127.0.0.1", call.port),
              new Endpoint("127.0.0.1", call.peer),
              0,
              call.sendQueue,
              counted && call.told ? traffic : null));
    }
    Listener listener = new Listener(new Endpoint("127.0.0.1", API_PORT), 0);
    return new Sockets(rows, serveRuns ? List.of(listener) : List.of(), counted, loopbackBytes);
  }

  private Api api(Instant wall) {
    if (!serveRuns) {
      return new Api(refused(), refused(), refused());
    }
    if (!apiAnswers) {
      return new Api(silent(), silent(), silent());
    }
    Duration took = Duration.ofMillis(1);
    Answer<List<LoadedModel>> loaded =
        listAnswers ? new Answer.Good<>(models(wall), took) : silent();
    return new Api(new Answer.Good<>("0.32.15", took), new Answer.Good<>(2, took), loaded);
  }

  private static <T> Answer<T> refused() {
    return new Answer.Refused<>("connection refused");
  }

  private static <T> Answer<T> silent() {
    return new Answer.Silent<>(Duration.ofSeconds(3));
  }

  private List<LoadedModel> models(Instant wall) {
    List<LoadedModel> models = new ArrayList<>();
    for (Runner runner : runners) {
      if (runner.listed) {
        models.add(model(runner, wall));
      }
    }
    return models;
  }

  private static LoadedModel model(Runner runner, Instant wall) {
    if (runner.expiresIn == null) {
      runner.expires = Instant.parse("2318-01-01T00:00:00Z");
    } else if (runner.expires == null || !runner.expiryStands) {
      runner.expires = wall.plus(runner.expiresIn);
    }
    return new LoadedModel(
        "model-" + runner.pid,
        runner.expires,
        8 * GIB,
        (long) (8 * GIB * runner.vram),
        4096,
        "sha256-" + runner.pid);
  }

  private Gpus gpus() {
    if (gpuLost) {
      return new Gpus.Lost("Unable to determine the device handle");
    }
    if (!gpu) {
      return new Gpus.None();
    }
    if (!gpuReadable) {
      return new Gpus.Unreadable("exit status 255");
    }
    double own = runners.stream().mapToDouble(runner -> runner.gpuShare).max().orElse(0);
    Map<Long, Double> shares = new HashMap<>();
    runners.forEach(runner -> shares.put(runner.pid, runner.gpuShare));
    shares.put(9999L, foreignGpuShare);
    Attribution attribution =
        attributed
            ? new Attribution.ByProcess(shares, java.util.Set.of())
            : new Attribution.Nobody();
    double busy = Math.max(own, foreignGpuShare);
    Gpu card = new Gpu("0", "GPU-1", "Card", busy, gpuMemory, 80 * GIB, 70.0, 50.0);
    List<Gpu> cards = new ArrayList<>(otherCards);
    cards.add(card);
    return new Gpus.Seen(cards, attribution);
  }
}
