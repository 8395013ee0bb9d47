package dev.selfheal.demo;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** What the clients have got so far. Safe for many threads. */
final class Tally {
  private final LongSupplier ticker;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger finished = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();
  private final AtomicLong lastByte;
  private final AtomicLong lastAnswer;

  /**
   * @param ticker nanoseconds of a steady clock
   */
  Tally(LongSupplier ticker) {
    this.ticker = ticker;
    this.lastByte = new AtomicLong(ticker.getAsLong());
    this.lastAnswer = new AtomicLong(ticker.getAsLong());
  }

  void received(int length) {
    bytes.addAndGet(length);
    lastByte.set(ticker.getAsLong());
  }

  void finished() {
    finished.incrementAndGet();
    lastAnswer.set(ticker.getAsLong());
  }

  void broken() {
    broken.incrementAndGet();
  }

  /** Bytes of answers. */
  long bytes() {
    return bytes.get();
  }

  /** Answers that came to their end. */
  int answers() {
    return finished.get();
  }

  /** Requests that were broken off before their answer was complete. */
  int failures() {
    return broken.get();
  }

  /** Seconds since an answer came to its end. */
  double sinceAnswer() {
    return (ticker.getAsLong() - lastAnswer.get()) / 1e9;
  }

  /** Seconds since any client got a byte. */
  double silence() {
    return (ticker.getAsLong() - lastByte.get()) / 1e9;
  }
}
