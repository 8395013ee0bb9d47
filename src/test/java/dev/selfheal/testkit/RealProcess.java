package dev.selfheal.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real program that a test runs. Both its outputs are appended to one log file; closing it ends
 * the process and all that it has started.
 */
public final class RealProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(20);

  private final String name;
  private final Path log;
  private final Process process;

  private RealProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts a program.
   *
   * @param folder its working folder, where {@code NAME.log} is written
   */
  static RealProcess start(String name, Path folder, List<String> argv) {
    Path log = folder.resolve(name + ".log");
    try {
      Process process =
          new ProcessBuilder(argv)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new RealProcess(name, log, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until the program answers 200 at this address.
   *
   * @throws AssertionError with the program's log if it ends or 20 seconds pass
   */
  void awaitReady(URI ready) {
    try {
      await(name + " is ready")
          .atMost(START_LIMIT)
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .until(() -> isReady(ready));
    } catch (RuntimeException | AssertionError e) {
      close();
      throw new AssertionError(name + " did not get ready. Its log:\n" + log(), e);
    }
  }

  private boolean isReady(URI ready) {
    if (!process.isAlive()) {
      throw new IllegalStateException(name + " ended with exit code " + process.exitValue());
    }
    return Loopback.isOk(ready);
  }

  /** Its process id. */
  long pid() {
    return process.pid();
  }

  /** Whether it ends by itself within this time. */
  boolean endsWithin(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " runs", e);
    }
  }

  /** Its exit code, once it has ended. */
  int exitCode() {
    return process.exitValue();
  }

  /** Sends a signal, such as {@code HUP}. */
  void signal(String signal) {
    Signals.send(signal, process.pid());
  }

  /** All that it has written so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it with SIGKILL, and nothing but it, and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    if (!endsWithin(STOP_LIMIT)) {
      throw new AssertionError(name + " outlives SIGKILL");
    }
  }

  /** Asks it to end, kills it if it does not, and kills what it leaves behind. */
  @Override
  public void close() {
    List<ProcessHandle> children;
    try (Stream<ProcessHandle> descendants = process.descendants()) {
      children = descendants.toList();
    }
    process.destroy();
    if (!endsWithin(STOP_LIMIT)) {
      kill();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
