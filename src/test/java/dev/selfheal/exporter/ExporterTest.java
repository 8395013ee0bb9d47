package dev.selfheal.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.exporter.detect.FreezeDetector;
import dev.selfheal.exporter.detect.Thresholds;
import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.Api;
import dev.selfheal.exporter.sample.Gpus;
import dev.selfheal.exporter.sample.LogEvent.Completed;
import dev.selfheal.exporter.sample.LogEvent.Route;
import dev.selfheal.exporter.sample.LogEvents;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.Sample;
import dev.selfheal.exporter.sample.Sockets;
import dev.selfheal.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ExporterTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);

  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final SettableClock clock = new SettableClock(Samples.NOW);
  private final List<String> pages = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private final CountDownLatch testEnds = new CountDownLatch(1);

  private Source<Reading<Processes>> processes = Samples::processes;
  private Source<Api> api =
      () -> new Api(Samples.good("1"), Samples.good(3), Samples.good(List.of()));
  private Source<Gpus> gpus = Gpus.None::new;
  private Source<Reading<LogEvents>> log = () -> new Reading.Known<>(LogEvents.NONE);
  private Exporter.Output output = pages::add;

  @AfterEach
  void stop() {
    testEnds.countDown();
    threads.shutdownNow();
  }

  @Test
  void tellsInOnePageWhatAllProbesSaw() throws Exception {
    exporter().runOnce(samples::add);
    assertThat(pages).hasSize(1);
    assertThat(pages.get(0))
        .contains("ollama_up 1.0", "ollama_models_installed 3.0", "ollama_models_loaded 0.0")
        .contains("ollama_frozen_duration_seconds 0.0", "ollama_requests_in_flight 0.0")
        .contains("selfheal_exporter_probe_success{probe=\"api\",} 1.0")
        .contains("selfheal_exporter_probe_success{probe=\"sockets\",} 1.0");
    assertThat(samples.get(0).wall()).isEqualTo(Samples.NOW);
  }

  @Test
  void aProbeThatHangsSpoilsNeitherTheOthersNorThePageAndIsNotStartedAgain() throws Exception {
    AtomicInteger starts = new AtomicInteger();
    gpus =
        () -> {
          starts.incrementAndGet();
          testEnds.await();
          return new Gpus.None();
        };
    Exporter exporter = exporter();
    exporter.runOnce(samples::add);
    exporter.runOnce(samples::add);
    assertThat(starts).hasValue(1);
    assertThat(samples.get(1).gpus())
        .isInstanceOfSatisfying(
            Gpus.Unreadable.class, lost -> assertThat(lost.why()).startsWith("has been running"));
    assertThat(pages.get(1))
        .contains("ollama_up 1.0", "selfheal_exporter_probe_success{probe=\"gpu\",} 0.0");
  }

  @Test
  void aProbeThatHungIsStartedAgainOnceItHasEnded() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    gpus =
        () -> {
          hangs.await();
          ended.countDown();
          return new Gpus.None();
        };
    Exporter exporter = exporter();
    exporter.runOnce(samples::add);
    hangs.countDown();
    ended.await();
    exporter.runOnce(samples::add);
    exporter.runOnce(samples::add);
    assertThat(samples.get(2).gpus()).isEqualTo(new Gpus.None());
  }

  @Test
  void aProbeThatThrowsIsAnUnknownReading() throws Exception {
    processes =
        () -> {
          throw new IOException("no /proc");
        };
    exporter().runOnce(samples::add);
    assertThat(samples.get(0).processes()).isInstanceOf(Reading.Unknown.class);
    assertThat(pages.get(0))
        .contains("selfheal_exporter_probe_success{probe=\"processes\",} 0.0")
        .doesNotContain("ollama_process_state{");
  }

  @Test
  void everyProbeMayFailAndThePageStillComes() throws Exception {
    processes = () -> new Reading.Unknown<>("x");
    api =
        () -> {
          throw new IllegalStateException("x");
        };
    gpus = () -> new Gpus.Unreadable("x");
    log = () -> new Reading.Unknown<>("x");
    exporter().runOnce(samples::add);
    assertThat(pages.get(0))
        .contains("selfheal_exporter_last_run_timestamp_seconds")
        .doesNotContain("ollama_up", "ollama_requests_completed_total");
  }

  @Test
  void remembersTheInstalledModelsBetweenTwoCountsButNotPastAFailedOne() throws Exception {
    Exporter exporter = exporter();
    exporter.runOnce(samples::add);
    api = () -> new Api(Samples.good("1"), new Answer.NotAsked<>(), Samples.good(List.of()));
    exporter.runOnce(samples::add);
    assertThat(pages.get(1)).contains("ollama_models_installed 3.0");
    api =
        () ->
            new Api(Samples.good("1"), new Answer.Silent<>(Duration.ZERO), Samples.good(List.of()));
    exporter.runOnce(samples::add);
    assertThat(pages.get(2)).doesNotContain("ollama_models_installed");
  }

  @Test
  void countersGoOnAfterARestartOfTheExporter() throws Exception {
    log = () -> new Reading.Known<>(new LogEvents(List.of(new Completed(200, Route.STREAMING)), 1));
    exporter().runOnce(samples::add);
    exporter().runOnce(samples::add);
    assertThat(pages.get(1)).contains("ollama_requests_completed_total{class=\"2xx\",} 2.0");
  }

  @Test
  void aPageThatCannotBeWrittenDoesNotHarmTheNext() throws Exception {
    Exporter exporter = exporter();
    output =
        page -> {
          throw new IOException("disk full");
        };
    assertThatThrownBy(() -> exporter.runOnce(samples::add)).hasMessage("disk full");
    output = pages::add;
    exporter.runOnce(samples::add);
    assertThat(pages).hasSize(1);
  }

  private Exporter exporter() {
    Probes probes =
        new Probes(
            () -> processes.read(),
            found -> new Reading.Known<>(new Sockets(List.of(), List.of(), true, null)),
            () -> api.read(),
            () -> gpus.read(),
            () -> log.read());
    return new Exporter(
        new Exporter.About("1", Duration.ofSeconds(5), Samples.API_PORT, null),
        new Exporter.Parts(
            probes,
            new FreezeDetector(Thresholds.DEFAULT, false, Samples.API_PORT),
            Exporter.Reactions.NONE,
            new TotalsStore(folder.resolve("state.json")),
            page -> output.write(page)),
        new Exporter.Time(clock, System::nanoTime),
        new Look(probes, threads, clock, System::nanoTime, LIMIT));
  }
}
