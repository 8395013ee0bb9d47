package dev.selfheal.exporter.simulation;

import dev.selfheal.exporter.simulation.Call.Phase;
import dev.selfheal.exporter.simulation.Call.Wish;
import dev.selfheal.exporter.simulation.Runner.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The server of one host: it takes requests, loads models, hands calls to runners. */
final class Ollama {
  static final int PORT = 11434;
  private static final long POOL_IDLE = 90_000;

  final Host host;
  final HostKind kind;
  final Chance chance;
  final Agenda agenda;
  final List<Runner> runners = new ArrayList<>();

  /** Models that are listed although their process is gone, with the end of their time. */
  final List<Runner> ghosts = new ArrayList<>();

  /** On the port of the API. */
  final List<Socket> clients = new ArrayList<>();

  final List<Call> pending = new ArrayList<>();
  boolean stopped;
  boolean deadlocked;

  /** Until when {@code /api/ps} does not answer. */
  long listBlockedUntil;

  int backlog;

  /** The exporter's own, kept alive. */
  final Socket exporter;

  Ollama(Host host) {
    this.host = host;
    this.kind = host.kind;
    this.chance = host.chance;
    this.agenda = host.agenda;
    this.exporter = new Socket(PORT, host.peer(), agenda.now());
  }

  /** A client asks. */
  Call ask(Wish wish, Consumer<Boolean> then) {
    Socket client = open(265);
    Call call = new Call(wish, client, agenda.now(), then);
    agenda.in(wish.patience(), () -> giveUp(call));
    if (stopped) {
      backlog++;
    } else if (!deadlocked) {
      route(call);
    }
    return call;
  }

  /** A new connection to the API that carries so many bytes. */
  Socket open(long bytes) {
    Socket client = new Socket(PORT, host.peer(), agenda.now());
    client.receive(bytes, agenda.now());
    clients.add(client);
    return client;
  }

  @Nullable Runner of(Model model) {
    return runners.stream().filter(each -> each.model.equals(model)).findFirst().orElse(null);
  }

  private void route(Call call) {
    Runner runner = of(call.wish.model());
    if (runner == null) {
      place(call);
      return;
    }
    call.runner = runner;
    if (!kind.pooled() && runner.mode == Mode.STOPPED && runner.isFree()) {
      replace(runner, call);
    } else if (runner.loading || runner.replacing || runner.active.size() >= kind.parallel()) {
      runner.waiting.add(call);
    } else {
      begin(call, runner);
    }
  }

  /** From 0.30 on a stopped runner that nobody uses is found out by two pings of 10 s. */
  private void replace(Runner runner, Call call) {
    runner.replacing = true;
    runner.waiting.add(call);
    listBlockedUntil = agenda.now() + 19_000;
    knock(runner);
    agenda.in(10_000, () -> knock(runner));
    agenda.in(
        20_000,
        () -> {
          boolean waits = runner.waiting.remove(call) && !call.isOver();
          runner.replacing = false;
          if (runner.mode == Mode.STOPPED) {
            List<Call> others = List.copyOf(runner.waiting);
            runner.waiting.clear();
            remove(runner);
            if (waits) {
              route(call);
            }
            others.stream().filter(each -> !each.isOver()).forEach(this::route);
          } else {
            if (waits) {
              route(call);
            }
            next(runner);
          }
        });
  }

  /** A ping that is not answered for 10 s, and whose end a stopped runner does not notice. */
  private void knock(Runner runner) {
    Socket ping = new Socket(runner.port, host.peer(), agenda.now());
    ping.receive(121, agenda.now());
    ping.receiveQueue = 121;
    runner.sockets.add(ping);
    runner.backlog++;
    agenda.in(9_990, () -> unheard(runner, ping));
  }

  private void unheard(Runner runner, Socket ping) {
    if (runner.mode == Mode.STOPPED) {
      ping.state = Socket.CLOSE_WAIT;
    } else {
      runner.sockets.remove(ping);
    }
  }

  private void place(Call call) {
    Model model = call.wish.model();
    ghosts.removeIf(ghost -> ghost.model.equals(model));
    if (runners.stream().anyMatch(each -> each.loading)) {
      pending.add(call); // one is loaded after the other
      return;
    }
    if (runners.size() >= kind.mostLoaded()) {
      Runner idle = runners.stream().filter(Runner::isFree).findFirst().orElse(null);
      if (idle == null || idle.mode == Mode.ZOMBIE || idle.mode == Mode.ENDING) {
        pending.add(call);
        return;
      }
      remove(idle);
    }
    Runner runner = load(model);
    call.runner = runner;
    runner.waiting.add(call);
  }

  /** Starts a runner. */
  Runner load(Model model) {
    Runner runner = new Runner(kind, host.nextPid(), host.port(), model, agenda.now());
    double slow = chance.in(0.03) ? chance.share(5, 40) : chance.share(0.5, 3);
    runner.loadTakes = Math.max(1_000, Math.min(900_000, (long) (model.size() / 1.0e6 * slow)));
    boolean gpu = model.vram() >= 0.9;
    runner.cores = gpu ? chance.share(0.9, 1.1) : kind.threads() * chance.share(0.85, 0.98);
    runner.gpuFactor = chance.in(0.15) ? 0.12 : chance.share(0.4, 1);
    runners.add(runner);
    if (kind.pooled()) {
      runner.pool.add(new Socket(runner.port, host.peer(), agenda.now()));
      runner.sockets.addAll(runner.pool);
    }
    host.note("load " + model.name() + " pid " + runner.pid + " for " + runner.loadTakes + " ms");
    host.log.loadStarted(kind.pooled(), runner);
    agenda.in(runner.loadTakes, () -> loaded(runner));
    return runner;
  }

  private void loaded(Runner runner) {
    if (!runners.contains(runner) || runner.mode != Mode.HEALTHY) {
      return;
    }
    runner.settle(agenda.now());
    runner.loading = false;
    host.log.loadFinished(kind.pooled(), runner.loadTakes);
    if (runner.waiting.isEmpty()) {
      idle(runner, kind.keepAlive());
    }
    next(runner);
  }

  private void next(Runner runner) {
    while (!runner.loading
        && !runner.replacing
        && !runner.waiting.isEmpty()
        && runner.active.size() < kind.parallel()) {
      Call call = runner.waiting.remove(0);
      begin(call, runner);
    }
    if (!runner.loading) {
      again();
    }
  }

  private void begin(Call call, Runner runner) {
    runner.settle(agenda.now());
    runner.active.add(call);
    call.phase = Phase.PREFILL;
    call.upstream = connect(runner, 415 + call.wish.prefill() / 10);
    host.log.callStarted(kind);
    report(call, runner, Math.max(3_000, Math.min(50_000, call.wish.prefill() / 7)));
    step(call, runner, call.wish.prefill(), () -> generate(call, runner));
  }

  /** From 0.30 on a runner tells how far it has read a long prompt. */
  private void report(Call call, Runner runner, long every) {
    if (kind.lines() && every < call.wish.prefill()) {
      step(
          call,
          runner,
          every,
          () -> {
            if (call.phase == Phase.PREFILL) {
              host.log.progress(0.5);
              report(call, runner, every);
            }
          });
    }
  }

  private Socket connect(Runner runner, long bytes) {
    long now = agenda.now();
    ping(runner);
    Socket up =
        kind.pooled() && !runner.pool.isEmpty()
            ? runner.pool.remove(runner.pool.size() - 1)
            : new Socket(runner.port, host.peer(), now);
    if (!runner.sockets.contains(up)) {
      runner.sockets.add(up);
    }
    up.receive(bytes, now);
    if (runner.mode == Mode.STOPPED) {
      up.receiveQueue = bytes;
      runner.backlog++;
    } else if (!kind.pooled()) {
      up.send(172, now);
    }
    return up;
  }

  /** Before a call the server asks the runner for its health. */
  private void ping(Runner runner) {
    if (kind.pooled() && !runner.pool.isEmpty()) {
      Socket asked = runner.pool.get(0);
      asked.receive(134, agenda.now());
      if (runner.mode != Mode.STOPPED) {
        asked.send(134, agenda.now());
      }
    }
  }

  private void generate(Call call, Runner runner) {
    call.phase = Phase.GENERATE;
    if (call.wish.blockedFor() == 0) {
      step(call, runner, call.wish.generate(), () -> finish(call, runner));
      return;
    }
    long half = call.wish.generate() / 2;
    step(call, runner, half, () -> block(call, runner, half));
  }

  private void block(Call call, Runner runner, long rest) {
    call.phase = Phase.BLOCKED;
    call.client.sendQueue = chance.between(100_000, 2_600_000);
    Socket up = call.upstream;
    if (up != null) {
      up.sendQueue = chance.between(1_000, 300_000);
    }
    host.note("client stops reading for " + call.wish.blockedFor() + " ms");
    step(
        call,
        runner,
        call.wish.blockedFor(),
        () -> {
          call.phase = Phase.GENERATE;
          call.client.sendQueue = 0;
          if (up != null) {
            up.sendQueue = 0;
          }
          step(call, runner, rest, () -> finish(call, runner));
        });
  }

  /** Lets the next thing happen to a call, unless its runner does not work any more. */
  private void step(Call call, Runner runner, long delay, Runnable next) {
    agenda.in(
        delay,
        () -> {
          if (call.isOver()) {
            return;
          }
          if (runner.mode == Mode.STOPPED || stopped) {
            step(call, runner, 1_000, next);
          } else if (runner.mode == Mode.HEALTHY) {
            runner.settle(agenda.now());
            next.run();
          }
        });
  }

  private void finish(Call call, Runner runner) {
    long now = agenda.now();
    call.phase = Phase.OVER;
    call.client.send(330, now);
    host.log.finished(kind, call, now);
    Socket up = call.upstream;
    if (up != null) {
      up.send(300, now);
      hangUp(runner, up);
    }
    close(call.client);
    release(call, runner);
    call.then.accept(true);
  }

  private void close(Socket client) {
    if (chance.in(0.2)) { // kept alive by its owner
      agenda.in(chance.seconds(5, 600), () -> clients.remove(client));
    } else {
      clients.remove(client);
    }
  }

  private void hangUp(Runner runner, Socket up) {
    if (kind.pooled() && runner.pool.size() < 2) {
      runner.pool.add(up);
      up.idleUntil = agenda.now() + POOL_IDLE;
      agenda.in(
          POOL_IDLE + 1,
          () -> {
            if (runner.pool.contains(up) && up.idleUntil < agenda.now()) {
              runner.pool.remove(up);
              runner.sockets.remove(up);
            }
          });
    } else {
      runner.sockets.remove(up);
    }
  }

  private void release(Call call, Runner runner) {
    runner.active.remove(call);
    runner.waiting.remove(call);
    if (runner.isFree()) {
      idle(runner, call.canary ? Math.max(1_000, runner.expires - host.wall()) : kind.keepAlive());
    }
    next(runner);
  }

  /** Nobody uses it: its time in memory begins. */
  void idle(Runner runner, long keepAlive) {
    runner.everIdle = true;
    runner.expires = keepAlive < 0 ? Long.MAX_VALUE : host.wall() + keepAlive;
    int time = ++runner.idleTimes;
    if (keepAlive >= 0) {
      agenda.in(
          keepAlive,
          () -> {
            boolean due =
                !deadlocked && runner.idleTimes == time && runner.isFree() && runner.storm == null;
            if (due
                && runners.contains(runner)
                && runner.mode != Mode.ENDING
                && runner.mode != Mode.ZOMBIE) {
              host.note("unload pid " + runner.pid);
              remove(runner);
            }
          });
    }
  }

  /** The process ends, and nothing is listed any more. */
  void remove(Runner runner) {
    runners.remove(runner);
    if (!stopped && !deadlocked) {
      clients.removeIf(each -> each.state.equals(Socket.CLOSE_WAIT));
    }
    again();
  }

  /** Those who wait for a place. */
  private void again() {
    List<Call> all = List.copyOf(pending);
    pending.clear();
    all.stream().filter(call -> !call.isOver()).forEach(this::route);
  }

  /** The client goes away. */
  void giveUp(Call call) {
    if (call.isOver()) {
      return;
    }
    Runner runner = call.runner;
    boolean held = stopped || deadlocked || (runner != null && runner.mode == Mode.STOPPED);
    call.phase = Phase.OVER;
    pending.remove(call);
    if (held && (runner == null || stopped || chance.in(0.3))) {
      call.client.state = Socket.CLOSE_WAIT;
    } else {
      clients.remove(call.client);
      host.log.answered(500, agenda.now() - call.since, "/api/generate");
    }
    if (runner != null) {
      runner.settle(agenda.now());
      Socket up = call.upstream;
      if (up != null) {
        abandon(runner, up);
      }
      if (!stopped) {
        release(call, runner);
      }
    }
    call.then.accept(false);
  }

  private void abandon(Runner runner, Socket up) {
    long notices =
        switch (runner.mode) {
          case HEALTHY -> chance.between(20, runner.model.vram() >= 0.9 ? 800 : 20_000);
          case SPIN, GPU_STUCK -> chance.in(0.8) ? chance.between(20, 2_000) : Long.MAX_VALUE / 4;
          default -> Long.MAX_VALUE / 4;
        };
    up.sendQueue = 0;
    up.state = Socket.CLOSE_WAIT;
    up.receiveQueue = 1;
    if (runner.mode == Mode.HEALTHY) {
      runner.drainUntil = Math.max(runner.drainUntil, agenda.now() + notices);
    }
    agenda.in(notices, () -> runner.sockets.remove(up));
  }

  /** Its process dies; the model stays listed until it is asked for, or its time is over. */
  void kill(Runner runner) {
    runners.remove(runner);
    ghosts.add(runner);
    agenda.in(Math.max(0, kind.keepAlive()), () -> ghosts.remove(runner));
    breakOff(runner);
    again();
  }

  /** All calls end at once. */
  void breakOff() {
    List.copyOf(runners).forEach(this::breakOff);
    List.copyOf(pending).forEach(this::breakOff);
  }

  private void breakOff(Runner runner) {
    List.copyOf(runner.active).forEach(this::breakOff);
    List.copyOf(runner.waiting).forEach(this::breakOff);
    runner.active.clear();
    runner.waiting.clear();
  }

  private void breakOff(Call call) {
    call.phase = Phase.OVER;
    clients.remove(call.client);
    host.log.answered(500, 500, "/api/generate");
    call.then.accept(false);
  }

  /** Many short calls begin, if the runner is free for them. */
  boolean begin(Runner runner, Storm storm) {
    if (!runners.contains(runner)
        || runner.storm != null
        || runner.loading
        || runner.mode != Mode.HEALTHY) {
      return false;
    }
    runner.settle(agenda.now());
    runner.storm = storm;
    runner.idleTimes++;
    if (kind.pooled()) {
      runner.stormSocket = connect(runner, 300);
    }
    return true;
  }

  void end(Runner runner) {
    runner.settle(agenda.now());
    runner.storm = null;
    Socket socket = runner.stormSocket;
    runner.stormSocket = null;
    if (socket != null) {
      hangUp(runner, socket);
    }
    if (runners.contains(runner) && runner.isFree()) {
      idle(runner, kind.keepAlive());
      next(runner);
    }
  }
}
