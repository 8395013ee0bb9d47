package dev.selfheal.exporter.simulation;

import dev.selfheal.exporter.simulation.Call.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process that runs one model. What flows is added up when it is settled. */
final class Runner {

  /** What has become of it. */
  enum Mode {
    HEALTHY,
    SPIN,
    WAIT,
    STOPPED,
    /** Dead and not reaped. */
    ZOMBIE,
    /** Waits in the kernel now and then while the server waits for its end. */
    ENDING,
    /** Holds its call while the GPU counts as busy. */
    GPU_STUCK
  }

  /** A waiting connection gets a sign of life that often, from 0.30 on. */
  private static final long SIGN_OF_LIFE = 30_000;

  final HostKind kind;
  final long pid;
  final int port;
  final long startTicks;
  final Model model;
  final String commandLine;
  final List<Call> active = new ArrayList<>();
  final List<Call> waiting = new ArrayList<>();
  final List<Socket> sockets = new ArrayList<>();
  final List<Socket> pool = new ArrayList<>();

  Mode mode = Mode.HEALTHY;
  boolean loading = true;

  /** The server is finding out that it does not answer. */
  boolean replacing;

  long loadBegan;
  long loadTakes = 1;
  double loaded;
  @Nullable Storm storm;
  @Nullable Socket stormSocket;
  double cores = 1;
  double gpuFactor = 1;
  long drainUntil;
  int backlog;

  /** In the host's time; while it was never idle, it slides. */
  long expires;

  boolean everIdle;
  int idleTimes;
  private double cpuMillis;
  private long settled;

  Runner(HostKind kind, long pid, int port, Model model, long now) {
    this.kind = kind;
    this.pid = pid;
    this.port = port;
    this.model = model;
    this.startTicks = 700_000 + now / 10;
    this.commandLine = commandLine(kind, model, port);
    this.loadBegan = now;
    this.settled = now;
  }

  private static String commandLine(HostKind kind, Model model, int port) {
    String file = "/usr/share/ollama/.ollama/models/blobs/" + model.blob();
    return kind.pooled()
        ? "/usr/local/bin/ollama runner --model " + file + " --port " + port
        : "/usr/local/lib/ollama/llama-server --model "
            + file
            + " --port "
            + port
            + " --host 127.0.0.1 --no-webui --offline -c 4096 -np 1 --log-verbosity 4"
            + (kind.imagesOnCpu() ? " --no-mmproj-offload" : "");
  }

  boolean isFree() {
    return active.isEmpty() && waiting.isEmpty() && (storm == null || !storm.overlapping());
  }

  boolean stormBlows() {
    return storm != null && !loading && mode == Mode.HEALTHY && active.size() < kind.parallel();
  }

  boolean works() {
    return mode == Mode.HEALTHY && (in(Phase.PREFILL) || in(Phase.GENERATE));
  }

  boolean in(Phase phase) {
    for (Call call : active) {
      if (call.phase == phase) {
        return true;
      }
    }
    return false;
  }

  long cpuTicks() {
    return (long) (cpuMillis / 10);
  }

  /** Adds up what has flowed since the last time. */
  void settle(long now) {
    long passed = now - settled;
    if (passed <= 0) {
      return;
    }
    cpuMillis += passed * coresNow(now);
    settled = now;
    if (loading && mode == Mode.HEALTHY && loaded < 1) {
      loaded = Math.min(1, (double) (now - loadBegan) / loadTakes);
    }
    for (Call call : active) {
      flow(call, passed, now);
    }
    if (stormBlows() && stormSocket != null && storm != null) {
      double calls = storm.perSecond() * passed / 1000;
      stormSocket.send((long) (calls * storm.sent()), now - 20);
      stormSocket.receive((long) (calls * storm.received()), now - 20);
    }
    if (loading && kind.pooled() && !pool.isEmpty()) {
      Socket checked = pool.get(0); // the server asks for its health four times a second
      checked.send(passed * 134 / 250, now - 10);
      checked.receive(passed * 134 / 250, now - 10);
    }
  }

  private double coresNow(long now) {
    return switch (mode) {
      case SPIN, GPU_STUCK -> 1.08;
      case WAIT, STOPPED, ZOMBIE, ENDING -> 0;
      case HEALTHY -> {
        if (loading) {
          yield loaded < 1 ? 0.7 : 0;
        }
        boolean busy = works() || now < drainUntil;
        yield busy ? cores : stormBlows() && storm != null ? storm.cores() : 0.0005;
      }
    };
  }

  private void flow(Call call, long passed, long now) {
    Socket up = call.upstream;
    if (up == null) {
      return;
    }
    if (mode == Mode.HEALTHY && call.phase == Phase.GENERATE) {
      long bytes = Math.max(1, call.wish.bytesPerSecond() * passed / 1000);
      up.send(bytes, now - 30);
      if (call.wish.stream()) {
        call.client.send(bytes * 4 / 5, now - 30);
      }
    } else if (!kind.pooled() && mode != Mode.STOPPED && call.phase != Phase.BLOCKED) {
      while (now - up.lastSent >= SIGN_OF_LIFE) {
        up.send(8, up.lastSent + SIGN_OF_LIFE);
      }
    }
  }

  /** Its state in {@code /proc/PID/stat}. */
  char state(Chance chance, long now) {
    return switch (mode) {
      case SPIN, GPU_STUCK -> 'R';
      case WAIT -> 'S';
      case STOPPED -> 'T';
      case ZOMBIE -> 'Z';
      case ENDING -> chance.in(0.35) ? 'D' : 'S';
      case HEALTHY ->
          loading && loaded < 1
              ? chance.in(0.5) ? 'D' : 'R'
              : coresNow(now) > 0.5 && chance.in(0.8) ? 'R' : 'S';
    };
  }

  /** Its share of the GPU, 0 to 1. */
  double gpu(Chance chance) {
    if (mode == Mode.GPU_STUCK) {
      return 1;
    }
    if (mode != Mode.HEALTHY || loading || model.vram() == 0) {
      return 0;
    }
    double scale = model.vram() < 0.9 ? 0.3 : 1;
    if (in(Phase.PREFILL) && kind.imagesOnCpu() && !kind.pooled()) {
      return 0;
    }
    if (in(Phase.PREFILL)) {
      return scale * chance.share(0.6, 1);
    }
    if (in(Phase.GENERATE)) {
      return scale * gpuFactor * chance.share(0.5, 0.95);
    }
    return stormBlows() && storm != null ? storm.gpu() * chance.share(0.5, 1) : 0;
  }
}
