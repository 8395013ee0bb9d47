package dev.selfheal.exporter;

import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.Api;
import dev.selfheal.exporter.sample.Gpus;
import dev.selfheal.exporter.sample.LogEvents;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.Sample;
import dev.selfheal.exporter.sample.Sockets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes samples: runs all probes side by side, and puts together what they read. */
final class Look {

  /** Each probe has limits of its own, which are shorter; this one is for when they fail. */
  static final Duration LIMIT = Duration.ofSeconds(6);

  private final Probes probes;
  private final Executor threads;
  private final Clock clock;
  private final Slot<Reading<Processes>> processes;
  private final Slot<Reading<Sockets>> sockets;
  private final Slot<Api> api;
  private final Slot<Gpus> gpus;
  private final Slot<Reading<LogEvents>> log;

  /** A sample, and how each probe fared. */
  record Seen(Sample sample, List<Page.ProbeRun> runs) {}

  Look(Probes probes, Executor threads, Clock clock, LongSupplier ticker, Duration limit) {
    this.probes = probes;
    this.threads = threads;
    this.clock = clock;
    processes = new Slot<>("processes", Look.readings(), limit, ticker);
    sockets = new Slot<>("sockets", Look.readings(), limit, ticker);
    api = new Slot<>("api", new Slot.Verdicts<>(Look::noApi, Look::oddity), limit, ticker);
    gpus =
        new Slot<>(
            "gpu", new Slot.Verdicts<>(Gpus.Unreadable::new, Look::unreadable), limit, ticker);
    log = new Slot<>("journal", Look.readings(), limit, ticker);
  }

  /**
   * Looks at everything once.
   *
   * @throws InterruptedException if the thread was interrupted; probes that run go on
   */
  Seen once() throws InterruptedException {
    Instant wall = clock.instant();
    processes.start(probes.processes(), threads);
    api.start(probes.api(), threads);
    gpus.start(probes.gpus(), threads);
    log.start(probes.log(), threads);
    Slot.Done<Reading<Processes>> found = processes.await();
    sockets.start(() -> probes.sockets().read(found.value()), threads);
    Slot.Done<Reading<Sockets>> connections = sockets.await();
    Slot.Done<Api> answers = api.await();
    Slot.Done<Reading<LogEvents>> events = log.await();
    Slot.Done<Gpus> cards = gpus.await();
    List<Page.ProbeRun> runs =
        Stream.of(answers.run(), found.run(), connections.run(), cards.run(), events.run())
            .filter(run -> !run.equals(events.run()) || !isEarly(events.value()))
            .toList();
    return new Seen(
        new Sample(
            wall,
            found.value(),
            connections.value(),
            answers.value(),
            cards.value(),
            events.value()),
        runs);
  }

  /** Of a probe that has had no time yet, nothing is told. */
  private static boolean isEarly(Reading<?> reading) {
    return reading instanceof Reading.Unknown<?> unknown && unknown.early();
  }

  private static <T> Slot.Verdicts<Reading<T>> readings() {
    return new Slot.Verdicts<>(
        Reading.Unknown::new,
        reading -> reading instanceof Reading.Unknown<T> unknown ? unknown.why() : null);
  }

  /** Nothing was learned, so nothing is claimed: neither that it answers nor that it is silent. */
  private static Api noApi(String why) {
    return new Api(new Answer.NotAsked<>(), new Answer.NotAsked<>(), new Answer.NotAsked<>());
  }

  /** Silence is a reading, too. What is no Ollama cannot be read. */
  private static @Nullable String oddity(Api api) {
    for (Answer<?> answer : List.of(api.version(), api.loaded(), api.installed())) {
      if (answer instanceof Answer.Odd<?> odd) {
        return odd.why();
      }
    }
    return null;
  }

  private static @Nullable String unreadable(Gpus gpus) {
    return gpus instanceof Gpus.Unreadable unreadable ? unreadable.why() : null;
  }
}
