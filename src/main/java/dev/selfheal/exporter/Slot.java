package dev.selfheal.exporter;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The place of one probe in a round. It runs the probe in another thread, never twice at once, and
 * waits no longer than the limit: a probe that hangs costs the others nothing.
 *
 * @param <T> what the probe reads
 */
final class Slot<T> {
  private final String name;
  private final Verdicts<T> verdicts;
  private final Duration limit;
  private final LongSupplier ticker;
  private @Nullable CompletableFuture<Done<T>> running;
  private long began;

  /**
   * How a probe's outcome is told.
   *
   * @param failed what stands for a reading that failed, with the reason
   * @param failure why a reading is a failure; null if it is none
   */
  record Verdicts<T>(Function<String, T> failed, Function<T, @Nullable String> failure) {}

  /** What came of a round. */
  record Done<T>(T value, Page.ProbeRun run) {}

  Slot(String name, Verdicts<T> verdicts, Duration limit, LongSupplier ticker) {
    this.name = name;
    this.verdicts = verdicts;
    this.limit = limit;
    this.ticker = ticker;
  }

  /** Starts the probe, unless an earlier run has not ended. */
  void start(Source<T> probe, Executor threads) {
    if (running != null && !running.isDone()) {
      return;
    }
    began = ticker.getAsLong();
    long start = began;
    running = CompletableFuture.supplyAsync(() -> run(probe, start), threads);
  }

  /** What it read, or why it did not; waits until the limit is over at most. */
  Done<T> await() throws InterruptedException {
    CompletableFuture<Done<T>> awaited = running;
    if (awaited == null) {
      return failed("was not started", Duration.ZERO);
    }
    Duration left = limit.minus(since(began));
    try {
      return awaited.get(Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      Duration so = since(began);
      return failed("has been running for " + so.toSeconds() + " s", so);
    } catch (ExecutionException e) {
      return failed(String.valueOf(e.getCause()), since(began));
    }
  }

  private Done<T> run(Source<T> probe, long start) {
    try {
      T value = probe.read();
      return new Done<>(
          value, new Page.ProbeRun(name, verdicts.failure().apply(value), since(start)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException("interrupted", e);
    } catch (Exception e) {
      return failed(e.toString(), since(start));
    }
  }

  private Done<T> failed(String why, Duration took) {
    return new Done<>(verdicts.failed().apply(why), new Page.ProbeRun(name, why, took));
  }

  private Duration since(long start) {
    return Duration.ofNanos(ticker.getAsLong() - start);
  }
}
