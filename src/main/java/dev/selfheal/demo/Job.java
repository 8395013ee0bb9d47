package dev.selfheal.demo;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A call that a runner works on: its decoder puts tokens in, its connection takes them out. */
final class Job {
  /** A client that does not read keeps a runner from going on after so many. */
  private static final int MOST_UNREAD = 256;

  private static final int LOOK_MILLIS = 100;

  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>(MOST_UNREAD);
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

  /** Takes a piece if there is room for it. */
  boolean offer(Piece piece) {
    reading = false;
    return pieces.offer(piece);
  }

  /** Takes a piece, and waits for room unless nobody wants it any more. */
  void put(Piece piece) throws InterruptedException {
    reading = false;
    while (!cancelled && !pieces.offer(piece, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {}
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
