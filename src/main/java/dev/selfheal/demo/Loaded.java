package dev.selfheal.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A model in memory. When it will be unloaded is told as Ollama tells it: during the first request
 * since the load, anew each time; later the time stands, also through requests that last longer.
 */
final class Loaded {
  private final FakeModel model;
  private final RunnerHandle runner;
  private final Clock clock;

  /** OLLAMA_NUM_PARALLEL is 1. */
  private final Semaphore slot = new Semaphore(1, true);

  private Duration keepAlive;
  private @Nullable Instant expiresAt;
  private int users;

  /** A row of {@code /api/ps}. */
  record Listed(FakeModel model, Instant expiresAt) {}

  Loaded(FakeModel model, RunnerHandle runner, Clock clock, Duration keepAlive) {
    this.model = model;
    this.runner = runner;
    this.clock = clock;
    this.keepAlive = keepAlive;
  }

  FakeModel model() {
    return model;
  }

  RunnerHandle runner() {
    return runner;
  }

  Semaphore slot() {
    return slot;
  }

  synchronized Listed listed() {
    return new Listed(model, expiresAt == null ? expiry() : expiresAt);
  }

  /** From now on it stays so long after each request. */
  synchronized void keep(Duration time) {
    keepAlive = time;
  }

  /** A request begins to hold it. */
  synchronized void hold() {
    users++;
  }

  /** A request ends, however. */
  synchronized void release() {
    users--;
    if (users == 0) {
      expiresAt = expiry();
    }
    notifyAll();
  }

  synchronized void awaitIdle() throws InterruptedException {
    while (users > 0) {
      wait();
    }
  }

  /** Whether it is to be unloaded now. */
  synchronized boolean isOver() {
    Instant end = keepAlive.isZero() ? Instant.MIN : expiresAt;
    return users == 0 && end != null && !end.isAfter(clock.instant());
  }

  private Instant expiry() {
    return clock.instant().plus(keepAlive);
  }
}
