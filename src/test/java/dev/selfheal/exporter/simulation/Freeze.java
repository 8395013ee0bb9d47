package dev.selfheal.exporter.simulation;

import dev.selfheal.exporter.detect.Condition.Stalled;
import dev.selfheal.exporter.simulation.Call.Phase;
import dev.selfheal.exporter.simulation.Call.Wish;
import dev.selfheal.exporter.simulation.HostKind.Card;
import dev.selfheal.exporter.simulation.HostKind.Pace;
import dev.selfheal.exporter.simulation.Runner.Mode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One freeze on one random host: how it comes, what the clients do, when it is found. */
final class Freeze {
  static final Duration LONGEST = Duration.ofHours(3);
  private static final long FOR_EVER = 200_000_000;

  /** The rows of the table that are frozen, and the two limits. */
  enum Kind {
    SPIN,
    WAIT,
    STOPPED,
    SERVE_STOPPED,
    SCHEDULER_DEADLOCK,
    UNLOAD_WEDGED,
    LOAD_STALLED,
    GPU_STUCK
  }

  /** What those who wait do. */
  enum Clients {
    STAY,
    LEAVE,
    RETRY
  }

  private final Kind kind;
  private final Clients clients;
  private final Chance chance;
  private final HostKind host;
  private final boolean game;
  private final World world;
  private boolean slid;

  Freeze(long seed) {
    this(seed, Exporter.Senses.SOUND);
  }

  Freeze(long seed, Exporter.Senses senses) {
    this.chance = new Chance(seed);
    this.kind = chance.in(0.35) ? Kind.SPIN : chance.oneOf(Kind.values());
    this.clients = chance.oneOf(Clients.values());
    this.host = fitting(HostKind.random(chance));
    this.game = host.desktop() && chance.in(0.5);
    this.world = new World(host, chance.seed(), senses);
  }

  /**
   * What became of it.
   *
   * @param row what it is counted under
   * @param after the time until it was found; null if it was not
   * @param apart whether it is one of the limits that the design names
   */
  record Found(String row, @Nullable Duration after, boolean apart, String story) {}

  Found happen() {
    Stalled early = warmUp();
    if (early != null) {
      return new Found(
          "too early", null, false, "too early: " + early + world.exporter.story().tell());
    }
    begin();
    long began = world.host.now();
    world.host.note(kind + ", clients " + clients);
    Stalled found = world.run(LONGEST);
    Duration after = found == null ? null : Duration.ofMillis(world.host.now() - began);
    boolean healed = found == null && healed();
    String row = healed ? kind + ", ended by Ollama itself" : row();
    return new Found(row, after, healed || apart(), found + "\n" + world.exporter.story().tell());
  }

  /** Replaced while it was stopped, or unloaded when its time was over. */
  private boolean healed() {
    boolean of = ofRunner() || kind == Kind.STOPPED;
    return of && ollama().runners.stream().allMatch(each -> each.mode == Mode.HEALTHY);
  }

  private HostKind fitting(HostKind any) {
    Pace pace = chance.in(0.6) ? Pace.FIVE : any.pace();
    boolean leaves = clients == Clients.LEAVE;
    boolean forgets = any.keepAlive() >= 0 && any.keepAlive() < 3_600_000;
    // Ollama itself ends what is left behind when its time is over.
    long keepAlive =
        leaves && forgets && !(isQuick(any) && !mayHide(any))
            ? 86_400_000
            : any.keepAlive() == 10_000 ? 300_000 : any.keepAlive();
    return any.with(pace, keepAlive, any.journal() || (kind == Kind.LOAD_STALLED && any.pooled()));
  }

  /** Whether an idle GPU proves that nothing is computed. */
  private boolean isQuick(HostKind of) {
    return of.resident()
        && of.card() != Card.NONE
        && of.card() != Card.SILENT
        && !(of.imagesOnCpu() && !of.pooled())
        && (!of.pooled() || of.canary());
  }

  /** Whether a busy desktop cannot be told from a busy runner. */
  private static boolean mayHide(HostKind of) {
    return of.desktop() && of.card() == Card.APPS;
  }

  private Ollama ollama() {
    Ollama ollama = world.host.ollama;
    if (ollama == null) {
      throw new IllegalStateException("no server");
    }
    return ollama;
  }

  private Model model() {
    return host.models().get(0);
  }

  private Wish wish(long generate, long patience) {
    return new Wish(model(), chance.in(0.5), 300, generate, 3_000, 0, patience);
  }

  /** A call or two, then some time of quiet. */
  private @Nullable Stalled warmUp() {
    if (chance.in(0.7)) {
      Call unused = ollama().ask(wish(5_000, FOR_EVER), answered -> {});
    }
    Stalled early = world.run(Duration.ofSeconds(chance.between(60, 500)));
    if (early != null || kind == Kind.LOAD_STALLED) {
      return early;
    }
    Call call = ollama().ask(wish(3_000_000, patience()), answered -> retry());
    for (int i = 0; i < 400 && early == null && call.phase == Phase.WAITING; i++) {
      early = world.run(Duration.ofSeconds(2));
    }
    return early != null ? early : world.run(Duration.ofSeconds(chance.between(1, 30)));
  }

  private long patience() {
    return clients == Clients.STAY ? FOR_EVER : FOR_EVER / 2;
  }

  private void retry() {
    if (clients == Clients.RETRY) {
      Call unused =
          ollama().ask(wish(3_000_000, chance.between(20_000, 200_000)), answered -> later());
    }
  }

  private void later() {
    world.host.agenda.in(chance.between(100, 5_000), this::retry);
  }

  private void begin() {
    Ollama ollama = ollama();
    if (game) {
      world.host.desktop = chance.share(0.2, 0.9);
    }
    switch (kind) {
      case SPIN -> become(Mode.SPIN);
      case WAIT -> become(Mode.WAIT);
      case STOPPED -> become(Mode.STOPPED);
      case GPU_STUCK -> become(Mode.GPU_STUCK);
      case SERVE_STOPPED -> ollama.stopped = true;
      case SCHEDULER_DEADLOCK -> deadlock();
      case UNLOAD_WEDGED -> wedge();
      case LOAD_STALLED -> stallLoad();
    }
    leave();
  }

  private void become(Mode mode) {
    Runner runner = ollama().of(model());
    if (runner == null) {
      throw new IllegalStateException("no runner");
    }
    slid = !runner.everIdle;
    runner.settle(world.host.now());
    runner.mode = mode;
  }

  /** Those who wait give up, after a while. */
  private void leave() {
    if (clients != Clients.STAY) {
      for (Runner runner : ollama().runners) {
        for (Call call : runner.active) {
          world.host.agenda.in(chance.seconds(3, 120), () -> ollama().giveUp(call));
        }
      }
    }
  }

  private void calm() {
    for (Runner runner : ollama().runners) {
      runner.active.forEach(call -> ollama().clients.remove(call.client));
      runner.active.forEach(call -> call.phase = Phase.OVER);
      runner.active.clear();
      runner.waiting.clear();
      runner.sockets.clear();
    }
  }

  private void deadlock() {
    calm();
    Ollama ollama = ollama();
    ollama.deadlocked = true;
    if (chance.in(0.3)) {
      ollama.listBlockedUntil = Long.MAX_VALUE;
    }
    for (int i = 0; i < 4; i++) {
      world.host.agenda.in(chance.seconds(1, 60), this::hang);
    }
  }

  private void hang() {
    long patience = clients == Clients.STAY ? FOR_EVER : chance.seconds(20, 120);
    Call unused = ollama().ask(wish(5_000, patience), answered -> later(patience));
  }

  private void later(long patience) {
    if (clients == Clients.RETRY && patience < FOR_EVER) {
      world.host.agenda.in(chance.between(100, 5_000), this::hang);
    }
  }

  private void wedge() {
    calm();
    Runner runner = ollama().of(model());
    if (runner != null) {
      runner.mode = chance.oneOf(Mode.ZOMBIE, Mode.ENDING);
    }
    ollama().deadlocked = true;
    ollama().listBlockedUntil = Long.MAX_VALUE;
  }

  private void stallLoad() {
    ollama().runners.clear();
    Call unused = ollama().ask(wish(5_000, FOR_EVER), answered -> {});
    world.host.agenda.in(
        800,
        () -> {
          Runner runner = ollama().of(model());
          if (runner != null) {
            runner.settle(world.host.now());
            runner.mode = Mode.WAIT;
          }
        });
  }

  /**
   * The limits: a wait without CPU under a pooled stream; a GPU that counts as busy; a load whose
   * only witness failed for a moment.
   */
  private boolean apart() {
    boolean unwitnessed =
        kind == Kind.LOAD_STALLED && host.pooled() && world.host.journalFailures > 0;
    return kind == Kind.GPU_STUCK || unwitnessed || (kind == Kind.WAIT && host.pooled() && !slid);
  }

  private boolean ofRunner() {
    return kind == Kind.SPIN || kind == Kind.WAIT || kind == Kind.GPU_STUCK;
  }

  private String row() {
    String dialect = host.pooled() ? "to 0.29" : "0.30+";
    if (!ofRunner()) {
      return kind == Kind.STOPPED ? kind + ", " + dialect : kind.toString();
    }
    boolean hidden = game && mayHide(host);
    String speed =
        isQuick(host) && !hidden
            ? "GPU"
            : host.lines() ? "CPU or GPU unknown, lines" : "CPU or GPU unknown";
    String apps = hidden ? ", desktop busy, no pmon" : "";
    return kind
        + ", "
        + dialect
        + ", "
        + speed
        + apps
        + (kind == Kind.SPIN && host.pooled() && !host.canary() ? ", no canary" : "");
  }
}
