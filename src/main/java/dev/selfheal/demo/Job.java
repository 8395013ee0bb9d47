package dev.selfheal.demo;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A call that a runner works on: its decoder puts tokens in, its connection takes them out. */
final class Job {
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private final int tokens;
  private volatile boolean cancelled;
  private volatile boolean reading = true;

  /**
   * A token, or the end.
   *
   * @param count how many there have been
   */
  record Piece(String text, int count, boolean last) {}

  Job(int tokens) {
    this.tokens = tokens;
  }

  /** How many tokens it wants. */
  int tokens() {
    return tokens;
  }

  void put(Piece piece) {
    reading = false;
    pieces.add(piece);
  }

  /** The next piece; null if none comes in this time. */
  @Nullable Piece next(long millis) throws InterruptedException {
    return pieces.poll(millis, TimeUnit.MILLISECONDS);
  }

  /** Whether its prompt is still being read. */
  boolean isReading() {
    return reading;
  }

  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }
}
