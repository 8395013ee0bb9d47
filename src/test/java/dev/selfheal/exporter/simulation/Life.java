package dev.selfheal.exporter.simulation;

import dev.selfheal.exporter.simulation.Call.Wish;
import dev.selfheal.exporter.simulation.HostKind.Card;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What healthy clients do on a host, at random. */
final class Life {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Host host;
  private final Chance chance;
  private final Agenda agenda;
  private final List<Consumer<Long>> deeds =
      List.of(
          this::single,
          this::single,
          this::clients,
          this::clients,
          this::longPrompts,
          this::longPrompts,
          this::longAnswer,
          this::storm,
          this::storm,
          this::stopsReading,
          this::queue,
          this::pull,
          this::upload,
          this::idleClients,
          this::impatient);

  Life(Host host) {
    this.host = host;
    this.chance = host.chance;
    this.agenda = host.agenda;
  }

  /** Two groups of clients, each with pauses between what it does. */
  void begin() {
    stream();
    stream();
  }

  private void stream() {
    agenda.in(
        chance.in(0.3) ? chance.time(HOUR, HOUR.multipliedBy(6)) : chance.time(MINUTE, HOUR),
        () -> {
          long lasts = chance.time(MINUTE.multipliedBy(2), HOUR.multipliedBy(3));
          chance.any(deeds).accept(agenda.now() + lasts);
          agenda.in(lasts, this::stream);
        });
  }

  private boolean onGpu() {
    return host.kind.resident();
  }

  /** An ordinary question. */
  Wish wish() {
    boolean gpu = onGpu();
    return new Wish(
        chance.any(host.kind.models()),
        chance.in(0.6),
        gpu ? chance.time(Duration.ofMillis(20), Duration.ofSeconds(6)) : chance.seconds(1, 60),
        gpu ? chance.seconds(1, 60) : chance.seconds(2, 200),
        gpu ? chance.between(800, 8_000) : chance.between(60, 2_000),
        0,
        chance.in(0.2) ? chance.seconds(3_600, 20_000) : chance.seconds(30, 600));
  }

  private static Wish with(Wish wish, long prefill, long generate, long blocked, long patience) {
    return new Wish(
        wish.model(), wish.stream(), prefill, generate, wish.bytesPerSecond(), blocked, patience);
  }

  private void ask(Wish wish, Consumer<Boolean> then) {
    Ollama ollama = host.ollama;
    if (ollama == null) {
      agenda.in(5_000, () -> then.accept(false));
    } else {
      Call unused = ollama.ask(wish, then);
    }
  }

  private void ask(String what, Wish wish) {
    host.note(what + " " + wish);
    ask(wish, answered -> host.note(what + (answered ? " answered" : " ended")));
  }

  private void single(long until) {
    ask("one call", wish());
  }

  /** Clients that ask again some time after each answer. */
  private void clients(long until) {
    long count = chance.between(1, 5);
    long pause = chance.time(Duration.ofMillis(100), Duration.ofMinutes(5));
    host.note(count + " clients with pauses of " + pause + " ms until " + until / 1000 + " s");
    for (int i = 0; i < count; i++) {
      again(until, pause);
    }
  }

  private void again(long until, long pause) {
    if (agenda.now() < until) {
      ask(
          wish(),
          answered -> agenda.in(chance.between(pause / 2, pause), () -> again(until, pause)));
    }
  }

  private void longPrompts(long until) {
    ask("long prompt", with(wish(), longPrefill(), chance.seconds(1, 120), 0, 20_000_000));
    if (chance.in(0.3)) {
      ask("another", wish());
    }
  }

  /** As long as a healthy one may be where nothing shows that it is read. */
  private long longPrefill() {
    if (onGpu()) {
      boolean seen = host.kind.card() != Card.SILENT || host.kind.lines();
      return chance.seconds(10, seen ? 480 : 300);
    }
    return chance.seconds(30, host.kind.lines() && host.kind.models().size() == 1 ? 5_400 : 1_400);
  }

  private void longAnswer(long until) {
    ask("long answer", with(wish(), 2_000, chance.seconds(300, 5_000), 0, 20_000_000));
  }

  private void queue(long until) {
    long count = chance.between(2, 8);
    Wish same = wish();
    for (int i = 0; i < count; i++) {
      ask("queued", with(wish(), same.prefill(), same.generate(), 0, 3_600_000));
    }
  }

  private void stopsReading(long until) {
    Wish wish = wish();
    ask(
        "client that will stop reading",
        new Wish(wish.model(), true, 1_000, 20_000, 4_000, chance.seconds(30, 2_700), 20_000_000));
  }

  /** Clients that give up a long prompt, again and again. */
  private void impatient(long until) {
    if (agenda.now() < until) {
      Wish wish = with(wish(), longPrefill(), 5_000, 0, chance.seconds(5, 240));
      host.note("impatient client " + wish);
      ask(wish, answered -> agenda.in(chance.seconds(1, 300), () -> impatient(until)));
    }
  }

  /** Without a canary a long one, or one that the GPU does not show, looks like a spin. */
  private void storm(long latest) {
    long until =
        host.kind.canary() ? latest : Math.min(latest, agenda.now() + chance.seconds(60, 700));
    Wish wish = with(wish(), 200, 300, 0, 3_600_000);
    ask(
        wish,
        answered -> {
          Ollama ollama = host.ollama;
          Runner runner = ollama == null ? null : ollama.of(wish.model());
          Storm storm = Storm.random(chance, onGpu(), !host.kind.canary());
          if (answered && ollama != null && runner != null && ollama.begin(runner, storm)) {
            host.note(storm + " until " + until / 1000 + " s");
            agenda.in(
                until - agenda.now(),
                () -> {
                  host.note("the storm ends");
                  ollama.end(runner);
                });
          }
        });
  }

  /** A download, as a stream of news or with one answer at the end. */
  private void pull(long until) {
    Ollama ollama = host.ollama;
    if (ollama != null) {
      boolean stream = chance.in(0.5);
      host.note("pull, streamed " + stream);
      Socket client = ollama.open(190);
      agenda.in(chance.seconds(20, 5_400), () -> ollama.clients.remove(client));
      flow(client, stream ? 120 : 0, 0, until);
    }
  }

  private void upload(long until) {
    Ollama ollama = host.ollama;
    if (ollama != null) {
      host.note("upload");
      Socket client = ollama.open(400);
      agenda.in(chance.seconds(20, 3_600), () -> ollama.clients.remove(client));
      flow(client, 0, 65_536, until);
    }
  }

  private void flow(Socket client, long sent, long received, long until) {
    agenda.in(
        1_000,
        () -> {
          if (sent > 0) {
            client.send(sent, agenda.now());
          }
          if (received > 0) {
            client.receive(received, agenda.now());
          }
          Ollama ollama = host.ollama;
          if ((sent > 0 || received > 0) && ollama != null && ollama.clients.contains(client)) {
            flow(client, sent, received, until);
          }
        });
  }

  /** They keep their connections after an answer. */
  private void idleClients(long until) {
    Ollama ollama = host.ollama;
    if (ollama != null) {
      for (int i = 0; i < 3; i++) {
        Socket client = ollama.open(262);
        client.send(932, agenda.now());
        agenda.in(until - agenda.now(), () -> ollama.clients.remove(client));
      }
    }
  }
}
