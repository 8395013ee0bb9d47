package dev.selfheal.app;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, by name; ends it in reverse order, each part whatever became of the others. */
final class Lifecycle implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Deque<Part> parts = new ArrayDeque<>();

  private record Part(String name, AutoCloseable end) {}

  /** Remembers how to end a part, and returns it. */
  <T extends AutoCloseable> T own(String name, T part) {
    parts.push(new Part(name, part));
    return part;
  }

  /** Remembers an executor: it is interrupted, and given a few seconds. */
  <T extends ExecutorService> T ownExecutor(String name, T executor) {
    return ownExecutor(name, executor, PATIENCE);
  }

  /**
   * Remembers an executor.
   *
   * @param patience how long its work may go on after it was interrupted
   */
  <T extends ExecutorService> T ownExecutor(String name, T executor, Duration patience) {
    parts.push(new Part(name, () -> end(name, executor, patience)));
    return executor;
  }

  private static void end(String name, ExecutorService executor, Duration patience)
      throws InterruptedException {
    executor.shutdownNow();
    if (!executor.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warn("{} did not end within {} s", name, patience.toSeconds());
    }
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      try {
        part.end().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.warn("{} did not end well: {}", part.name(), e.toString());
      }
    }
  }
}
