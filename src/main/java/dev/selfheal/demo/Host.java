package dev.selfheal.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The host with the fake Ollama, as one sees it from outside, and the order to freeze. */
final class Host {
  private static final int SIGNAL_SECONDS = 5;

  private final FakeOllama fake;
  private final Path textfile;
  private final Web web;

  /**
   * @param textfile what the exporter writes
   */
  Host(FakeOllama fake, Path textfile, Web web) {
    this.fake = fake;
    this.textfile = textfile;
    this.web = web;
  }

  /** What its API calls its version. */
  String version() throws IOException, InterruptedException {
    return web.json(fake.uri().resolve("/api/version"), "").path("version").asText();
  }

  /** Whether it still answers who asks for the models that it has. */
  boolean listsModels() throws IOException, InterruptedException {
    return web.json(fake.uri().resolve("/api/tags"), "").path("models").size() > 0;
  }

  /** The process of the server; 0 while there is none. */
  long serve() throws IOException {
    try {
      return fake.serve();
    } catch (NoSuchFileException | NumberFormatException e) {
      return 0; // It is being restarted.
    }
  }

  /** The process of its one runner; 0 while there is none. */
  long runner() throws IOException {
    return fake.runners().values().stream().findFirst().orElse(0L);
  }

  /** What the exporter found last. */
  Gauges found() throws IOException {
    return Gauges.in(textfile);
  }

  /**
   * Freezes its runner.
   *
   * @return the runner's process
   * @throws IOException if there is none: a signal to process 0 would stop the demo itself
   */
  long freeze(Manner manner) throws IOException, InterruptedException {
    long runner = runner();
    if (runner == 0) {
      throw new IOException("the fake Ollama has no runner to freeze: it has ended by itself");
    }
    if (manner == Manner.SPIN) {
      fake.command("spin");
    } else {
      stop(runner);
    }
    return runner;
  }

  private static void stop(long pid) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -s STOP " + pid).inheritIO().start();
    if (!kill.waitFor(SIGNAL_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new IOException("the runner cannot be stopped with SIGSTOP");
    }
  }

  static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** The processor time that a process has used; zero if it is gone. */
  static Duration cpu(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /** Whether a process is stopped by a signal. */
  static boolean isStopped(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return stat.startsWith(") T", stat.lastIndexOf(')'));
  }
}
