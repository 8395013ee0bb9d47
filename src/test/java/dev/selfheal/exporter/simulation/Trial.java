package dev.selfheal.exporter.simulation;

import dev.selfheal.exporter.detect.Condition.Stalled;
import dev.selfheal.exporter.sample.Dialect;
import dev.selfheal.exporter.simulation.Call.Wish;
import dev.selfheal.exporter.simulation.HostKind.Card;
import dev.selfheal.exporter.simulation.HostKind.Pace;
import dev.selfheal.exporter.simulation.Runner.Mode;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A small simulation with a plot, and what a sound detector makes of it.
 *
 * @param plot what happens before the detector is watched for so long
 * @param freezes whether a freeze must be told within that time; else none may be
 */
record Trial(
    String name, HostKind kind, Consumer<Trial.Stage> plot, Duration lasts, boolean freezes) {
  private static final long DAY = 86_400_000;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofMinutes(4);

  /** All of them. */
  static final List<Trial> ALL =
      List.of(
          healthy("a long prompt on the GPU", perCall(Card.PMON), s -> s.ask(480_000, 5_000)),
          healthy("a long answer on the CPU", perCall(Card.NONE), s -> s.ask(2_000, 5_000_000)),
          healthy("a long prompt on the CPU", perCall(Card.NONE), s -> s.ask(1_200_000, 5_000)),
          healthy(
              "a long prompt on the CPU, with its log",
              kind(Dialect.CONNECTION_PER_CALL, Card.NONE, true),
              s -> s.ask(5_000_000, 5_000)),
          healthy("a long prompt, GPU unknown", perCall(Card.SILENT), s -> s.ask(400_000, 5_000)),
          healthy("a client that stops reading", perCall(Card.PMON), Stage::stopReading),
          healthy("an idle pooled connection", pooled(Card.PMON), Stage::used),
          healthy("a stepped clock", pooled(Card.PMON), s -> s.used().host.stepped += 2 * DAY),
          healthy("stopped for 15 s, then left", perCall(Card.PMON), Stage::stopAndLeave),
          freeze("a spin on the GPU", perCall(Card.PMON), SOON, s -> s.freeze(Mode.SPIN)),
          freeze("a spin beside a game", perCall(Card.PMON, true), SOON, Stage::spinBesideGame),
          freeze("a spin under a pool", pooled(Card.PMON), SOON, s -> s.freeze(Mode.SPIN)),
          freeze("a stop under a pool", pooled(Card.PMON), SOON, s -> s.freeze(Mode.STOPPED)),
          freeze("a wait that the client left", perCall(Card.PMON), SOON, Stage::leaveWaiting),
          freeze(
              "a wait under a pool, till its time is over",
              pooled(Card.PMON).with(Pace.FIVE, 300_000, false),
              Duration.ofMinutes(8),
              s -> s.freeze(Mode.WAIT)),
          freeze("a stalled load", perCall(Card.PMON), Duration.ofMinutes(8), Stage::stallLoad));

  /** Where it happens. */
  static final class Stage {
    final World world;
    final Host host;

    private Stage(World world) {
      this.world = world;
      this.host = world.host;
    }

    private Ollama ollama() {
      Ollama ollama = host.ollama;
      if (ollama == null) {
        throw new IllegalStateException("no server");
      }
      return ollama;
    }

    private Runner runner() {
      return ollama().runners.get(0);
    }

    private Call ask(Wish wish) {
      return ollama().ask(wish, answered -> {});
    }

    private Wish wish(long prefill, long generate, long blocked) {
      return new Wish(host.kind.models().get(0), true, prefill, generate, 2_000, blocked, DAY);
    }

    private void pass(long seconds) {
      Stalled early = world.run(Duration.ofSeconds(seconds));
      if (early != null) {
        throw new TooEarly(early);
      }
    }

    /** A call that is over, so that the model's time stands. */
    private Stage used() {
      Call unused = ask(wish(100, 1_000, 0));
      pass(60);
      return this;
    }

    private Call ask(long prefill, long generate) {
      return used().ask(wish(prefill, generate, 0));
    }

    private void stopReading() {
      Call unused = used().ask(wish(1_000, 20_000, 2_400_000));
    }

    private void stopAndLeave() {
      Call call = ask(100, 600_000);
      pass(20);
      become(Mode.STOPPED);
      pass(15);
      become(Mode.HEALTHY);
      ollama().giveUp(call);
      runner().sockets.clear();
      runner().drainUntil = 0;
    }

    private void freeze(Mode mode) {
      Call unused = ask(100, 6_000_000);
      pass(20);
      become(mode);
    }

    private void spinBesideGame() {
      freeze(Mode.SPIN);
      host.desktop = 0.8;
    }

    private void leaveWaiting() {
      Call call = ask(100, 6_000_000);
      pass(20);
      become(Mode.WAIT);
      pass(10);
      ollama().giveUp(call);
    }

    private void stallLoad() {
      Call unused = ask(wish(100, 100, 0));
      host.agenda.in(500, () -> become(Mode.WAIT));
    }

    private void become(Mode mode) {
      runner().settle(host.now());
      runner().mode = mode;
    }
  }

  /** A freeze was told before there was any. */
  private static final class TooEarly extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooEarly(Stalled stalled) {
      super(stalled.toString());
    }
  }

  /** What a detector gets wrong of it; null if nothing. */
  @Nullable String wrong(Exporter.Senses senses) {
    World world = new World(kind, 4711, senses);
    try {
      plot.accept(new Stage(world));
    } catch (TooEarly early) {
      return name + ": taken for a freeze too early: " + early.getMessage();
    }
    Stalled found = world.run(lasts);
    if ((found != null) == freezes) {
      return null;
    }
    return name + (freezes ? ": not found" : ": taken for a freeze: " + found);
  }

  private static Trial healthy(String name, HostKind kind, Consumer<Stage> plot) {
    return new Trial(name, kind, plot, HOUR, false);
  }

  private static Trial freeze(String name, HostKind kind, Duration within, Consumer<Stage> plot) {
    return new Trial(name, kind, plot, within, true);
  }

  private static HostKind perCall(Card card) {
    return kind(Dialect.CONNECTION_PER_CALL, card, false);
  }

  private static HostKind perCall(Card card, boolean desktop) {
    HostKind kind = perCall(card);
    return new HostKind(
        kind.dialect(), card, false, true, Pace.FIVE, 1, 4, DAY, 2, desktop, false, kind.models());
  }

  private static HostKind pooled(Card card) {
    return kind(Dialect.POOLED, card, false);
  }

  private static HostKind kind(Dialect dialect, Card card, boolean journal) {
    List<Model> models = List.of(Model.of(0, 2_000, card == Card.NONE ? 0 : 1));
    return new HostKind(
        dialect, card, journal, true, Pace.FIVE, 1, 4, DAY, 2, false, false, models);
  }
}
