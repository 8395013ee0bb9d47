package dev.selfheal.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.selfheal.child.Plain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One of this package's scripts, which holds namespaces as long as its input is open: until it is
 * closed, or until this JVM ends, in whatever way.
 */
final class Held implements AutoCloseable {
  private static final Path SCRIPTS = Path.of("src/test/resources/dev/selfheal/machine");
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final Process process;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  private Held(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "output of a held script");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a script and waits until it says that it is ready.
   *
   * @param unshare what {@code unshare} shall give it a namespace of its own for, such as {@code
   *     --net}
   */
  static Held start(List<String> unshare, String script, List<String> arguments) {
    List<String> argv = new ArrayList<>(List.of("unshare"));
    argv.addAll(unshare);
    argv.addAll(List.of("sh", SCRIPTS.resolve(script).toString()));
    argv.addAll(arguments);
    Held held;
    try {
      held = new Held(new ProcessBuilder(argv).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    held.awaitReady(script);
    return held;
  }

  private void awaitReady(String script) {
    try {
      await(script)
          .atMost(START_LIMIT)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .failFast("it ended", () -> !isAlive())
          .until(() -> lines.contains("ready"));
    } catch (RuntimeException e) {
      close();
      throw new AssertionError(
          script
              + " did not get ready. It needs root with all its capabilities; a container must be"
              + " privileged. It said: "
              + output(),
          e);
    }
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (!line.isBlank()) { // a console ends its lines twice
          lines.add(line);
        }
      }
    } catch (IOException e) {
      lines.add(e.toString());
    }
  }

  /** The process that is in its namespaces, but for that of processes. */
  long pid() {
    return process.pid();
  }

  /** All that has come of it and still runs. */
  Stream<ProcessHandle> descendants() {
    return process.descendants();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it ends by itself within this time. */
  boolean endsWithin(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Lets it go on. */
  void proceed() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new AssertionError("it ended: " + output(), e);
    }
  }

  /** What it has written so far. */
  String output() {
    return Plain.lines(String.join("\n", lines));
  }

  /** Ends it; when this returns, all its processes and with them its namespaces are gone. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It ended before.
    }
    if (!endsWithin(STOP_LIMIT)) {
      process.destroyForcibly();
      throw new AssertionError("it did not end with its input: " + output());
    }
  }
}
