package dev.selfheal.app;

import dev.selfheal.config.ExporterConfig;
import dev.selfheal.exporter.Exporter;
import dev.selfheal.exporter.Recorder;
import dev.selfheal.exporter.Schedule;
import dev.selfheal.exporter.TextfileWriter;
import dev.selfheal.exporter.TotalsStore;
import dev.selfheal.exporter.detect.FreezeDetector;
import dev.selfheal.exporter.detect.Thresholds;
import dev.selfheal.exporter.probe.Reel;
import dev.selfheal.exporter.probe.Tape;
import dev.selfheal.ollama.OllamaSession;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The exporter as a program: wired by hand, and run in the thread that starts it. */
public final class ExporterApp {
  private static final Logger LOG = LoggerFactory.getLogger(ExporterApp.class);

  private final ExporterConfig config;
  private final Exporter exporter;
  private final CountDownLatch end = new CountDownLatch(1);
  private final @Nullable Recorder recorder;
  private volatile @Nullable Thread runner;
  private String trouble = "";

  /**
   * Where its findings go.
   *
   * @param page takes the pages in the place of the configured textfile, and then the totals are
   *     not saved either; null for the textfile
   * @param recording a new file for what the probes read; null for none
   */
  public record Outputs(Exporter.@Nullable Output page, @Nullable Path recording) {}

  /**
   * Makes it, and touches nothing but its files.
   *
   * @throws StartupException if the textfile or the recording cannot be written
   */
  public ExporterApp(ExporterConfig config, String version, Outputs outputs)
      throws StartupException {
    this.config = config;
    ExecutorService threads = Threads.probes();
    URI url = config.ollama().url();
    OllamaSession session = new OllamaSession(url, threads);
    int port = port(url);
    Exporter.Output page = outputs.page() == null ? textfile(config) : outputs.page();
    Reel reel = new Reel();
    this.recorder = outputs.recording() == null ? null : recorder(outputs.recording(), reel, port);
    Tape tape = recorder == null ? Tape.NONE : reel;
    exporter =
        new Exporter(
            new Exporter.About(version, config.interval(), port, config.ollama().label()),
            new Exporter.Parts(
                ExporterProbes.of(config.ollama(), port, session, threads, tape),
                new FreezeDetector(
                    thresholds(config.thresholds()), config.reactions().canary(), port),
                ExporterReactions.of(config.reactions(), session, threads),
                totals(config.files().state(), outputs),
                page),
            new Exporter.Time(Clock.systemUTC(), System::nanoTime),
            threads);
  }

  /**
   * Looks once.
   *
   * @return whether the page could be written
   */
  public boolean runOnce() {
    boolean written = round();
    endRecording();
    return written;
  }

  /**
   * Looks again and again until it is stopped.
   *
   * @param supervisor who hears of each page that is written
   */
  public void run(Supervisor supervisor) {
    LOG.info("looking at {} each {} s", config.ollama().url(), config.interval().toMillis() / 1e3);
    Schedule schedule = new Schedule(config.interval(), System.nanoTime());
    Heartbeat heart = new Heartbeat(supervisor, System::nanoTime);
    boolean ready = false;
    do {
      if (round()) {
        ready = ready || first(supervisor);
        heart.beat();
      }
    } while (!isOver(schedule.untilNext(System.nanoTime())));
    endRecording();
    LOG.info("the exporter has ended");
  }

  private boolean first(Supervisor supervisor) {
    supervisor.ready("looks at " + config.ollama().url());
    return true;
  }

  /** Asks it to end, also in the middle of a round; probes that run end with the program. */
  public void stop() {
    end.countDown();
    Thread busy = runner;
    if (busy != null) {
      busy.interrupt();
    }
  }

  private void endRecording() {
    if (recorder != null) {
      recorder.close();
    }
  }

  private boolean round() {
    runner = Thread.currentThread();
    try {
      exporter.runOnce(recorder == null ? sample -> {} : recorder);
      trouble = "";
      return true;
    } catch (InterruptedException e) {
      end.countDown();
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.equals(trouble)) {
        LOG.error("{}", message);
        trouble = message;
      }
    } finally {
      runner = null;
    }
    return false;
  }

  private boolean isOver(long nanos) {
    try {
      return end.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Whoever only prints, often root, must leave the file as the exporter's own user needs it. */
  private static TotalsStore totals(Path state, Outputs outputs) {
    return outputs.page() == null ? new TotalsStore(state) : TotalsStore.readOnly(state);
  }

  private static Exporter.Output textfile(ExporterConfig config) throws StartupException {
    try {
      return TextfileWriter.open(config.files().textfile())::write;
    } catch (TextfileWriter.UnusableException e) {
      throw StartupException.machine(String.valueOf(e.getMessage()));
    }
  }

  private static Recorder recorder(Path file, Reel reel, int port) throws StartupException {
    try {
      return Recorder.open(file, reel, port, System::nanoTime);
    } catch (IOException e) {
      throw StartupException.machine(String.valueOf(e.getMessage()));
    }
  }

  private static Thresholds thresholds(ExporterConfig.Thresholds given) {
    return new Thresholds(
        given.gpu(),
        given.stopped(),
        given.apiDead(),
        given.cpu(),
        given.cpuBlind(),
        given.scheduler(),
        given.load());
  }

  private static int port(URI url) {
    int standard = "https".equals(url.getScheme()) ? 443 : 80;
    return url.getPort() < 0 ? standard : url.getPort();
  }
}
