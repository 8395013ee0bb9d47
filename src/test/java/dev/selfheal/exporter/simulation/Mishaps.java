package dev.selfheal.exporter.simulation;

import dev.selfheal.exporter.simulation.Runner.Mode;
import java.time.Duration;
import java.util.List;

/** What befalls a healthy host now and then, and is no freeze. */
final class Mishaps {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Host host;
  private final Exporter exporter;
  private final Chance chance;
  private final List<Runnable> all =
      List.of(
          this::killRunner,
          this::killRunner,
          this::restartServe,
          this::stopRunner,
          this::stopRunner,
          this::game,
          this::stepClock,
          this::stepClock,
          this::restartExporter,
          this::restartExporter);

  Mishaps(Host host, Exporter exporter) {
    this.host = host;
    this.exporter = exporter;
    this.chance = host.chance;
  }

  void begin() {
    host.agenda.in(
        chance.time(Duration.ofMinutes(10), HOUR.multipliedBy(8)),
        () -> {
          chance.any(all).run();
          begin();
        });
  }

  private List<Runner> loaded() {
    Ollama ollama = host.ollama;
    return ollama == null
        ? List.of()
        : ollama.runners.stream()
            .filter(each -> !each.loading && each.mode == Mode.HEALTHY && each.storm == null)
            .toList();
  }

  private void killRunner() {
    List<Runner> loaded = loaded();
    Ollama ollama = host.ollama;
    if (!loaded.isEmpty() && ollama != null) {
      Runner runner = chance.any(loaded);
      host.note("runner killed: " + runner.pid);
      ollama.kill(runner);
    }
  }

  private void restartServe() {
    host.restartServe(chance.seconds(1, 30));
  }

  /** Briefly in the middle of a call; for longer while nobody asks, where that is harmless. */
  private void stopRunner() {
    List<Runner> loaded = loaded();
    if (loaded.isEmpty()) {
      return;
    }
    Runner runner = chance.any(loaded);
    long most = !runner.isFree() ? 15 : host.kind.pooled() ? 20 : 7_200;
    long lasts = chance.seconds(2, most);
    runner.settle(host.now());
    runner.mode = Mode.STOPPED;
    host.note("runner stopped for " + lasts + " ms: " + runner.pid);
    host.agenda.in(
        lasts,
        () -> {
          runner.settle(host.now());
          runner.mode = Mode.HEALTHY;
          runner.backlog = 0;
          runner.sockets.removeIf(each -> each.state.equals(Socket.CLOSE_WAIT));
          runner.sockets.forEach(each -> each.receiveQueue = 0);
          forget();
        });
  }

  /** What its clients left behind is cleared away as soon as it goes on. */
  private void forget() {
    Ollama ollama = host.ollama;
    if (ollama != null) {
      ollama.clients.removeIf(each -> each.state.equals(Socket.CLOSE_WAIT));
    }
  }

  private void game() {
    host.desktop = chance.share(0.03, 1);
    host.note("desktop uses the GPU: " + host.desktop);
    host.agenda.in(
        chance.time(Duration.ofMinutes(5), HOUR.multipliedBy(4)), () -> host.desktop = 0);
  }

  private void stepClock() {
    long by = chance.time(Duration.ofSeconds(1), HOUR.multipliedBy(3));
    host.stepped += chance.in(0.5) ? by : -by;
    host.note("clock stepped to " + host.stepped + " ms");
  }

  private void restartExporter() {
    exporter.restart();
  }
}
