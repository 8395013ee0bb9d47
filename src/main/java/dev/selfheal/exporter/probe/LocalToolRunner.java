package dev.selfheal.exporter.probe;

import dev.selfheal.child.Child;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Runs small programs on this host, in English and with nothing inherited. The program is looked up
 * in this process's own PATH. For several threads.
 */
public final class LocalToolRunner implements ToolRunner {
  /** So that what they write can be read. */
  private static final Map<String, String> LOCALE = Map.of("LC_ALL", "C");

  private static final int MAX_OUTPUT = 4 << 20;
  private static final int MAX_ERRORS = 16 << 10;

  /** A process that can be killed is gone by then. */
  private static final long DEATH_MILLIS = 200;

  private static final int MAX_ERROR = 200;

  private final LongSupplier nanoTime;
  private final Consumer<ProcessHandle> kill;

  /** What was killed and may still be there, by the program's name. */
  private final Map<String, List<ProcessHandle>> killed = new ConcurrentHashMap<>();

  /**
   * @param nanoTime a clock that only ever goes forward, in nanoseconds
   */
  public LocalToolRunner(LongSupplier nanoTime) {
    this(nanoTime, ProcessHandle::destroyForcibly);
  }

  LocalToolRunner(LongSupplier nanoTime, Consumer<ProcessHandle> kill) {
    this.nanoTime = nanoTime;
    this.kill = kill;
  }

  @Override
  public ToolResult run(List<String> argv, Duration limit) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (isMissing(argv.get(0))) {
      return new ToolResult.Missing();
    }
    Optional<ProcessHandle> stuck = stuck(argv.get(0));
    if (stuck.isPresent()) {
      return new ToolResult.Stuck(stuck.get().pid());
    }
    try {
      return await(argv, limit);
    } catch (IOException e) {
      return notStarted(String.valueOf(e.getMessage()));
    }
  }

  /** Whether it is certain that there is no such program. Asking costs less than a fork in vain. */
  private static boolean isMissing(String name) {
    String path = System.getenv("PATH");
    return path != null
        && name.indexOf('/') < 0
        && Stream.of(path.split(File.pathSeparator, -1))
            .noneMatch(folder -> new File(folder, name).exists());
  }

  private ToolResult await(List<String> argv, Duration limit)
      throws IOException, InterruptedException {
    BoundedText output = new BoundedText(MAX_OUTPUT);
    BoundedText errors = new BoundedText(MAX_ERRORS);
    boolean ended = false;
    Child child = new Child.Start(argv, LOCALE, nanoTime).writing(output::add, errors::add);
    try (child) {
      ended = child.endsWithin(limit);
      return ended ? result(child, output, errors) : new ToolResult.TimedOut(limit);
    } finally {
      if (!ended) {
        killTree(argv.get(0), child.process().toHandle());
      }
    }
  }

  private static ToolResult result(Child child, BoundedText output, BoundedText errors) {
    child.readRest();
    return new ToolResult.Ended(
        child.process().exitValue(),
        output.text(),
        errors.text(),
        output.whole() && errors.whole());
  }

  /** The program may be a script around the one that hangs, so its descendants count too. */
  private void killTree(String name, ProcessHandle process) throws InterruptedException {
    try (Stream<ProcessHandle> descendants = process.descendants()) {
      List<ProcessHandle> tree = Stream.concat(Stream.of(process), descendants).toList();
      killed.put(name, tree);
      tree.forEach(kill);
    }
    awaitDeath(process);
  }

  /** So that a call right after this one is not refused. */
  private static void awaitDeath(ProcessHandle process) throws InterruptedException {
    CompletableFuture<ProcessHandle> gone = process.onExit();
    try {
      gone.get(DEATH_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Then it is stuck, and the next call says so.
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for a process failed", e);
    }
  }

  private Optional<ProcessHandle> stuck(String name) {
    return killed.getOrDefault(name, List.of()).stream()
        .filter(LocalToolRunner::isThere)
        .findFirst();
  }

  /** A zombie has ended, even if its new parent never asks for it. */
  private static boolean isThere(ProcessHandle process) {
    return process.isAlive() && !ProcFolder.HOST.isZombie(process.pid());
  }

  private static ToolResult notStarted(String error) {
    String line = error.replaceAll("\\p{Cntrl}", " ");
    return line.contains("error=2,")
        ? new ToolResult.Missing()
        : new ToolResult.NotStarted(line.substring(0, Math.min(MAX_ERROR, line.length())));
  }
}
