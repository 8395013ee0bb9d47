package dev.selfheal.ssh;

import dev.selfheal.child.BoundedOutput;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What a command writes, and when it last did. For both its streams, and for two threads. */
final class CommandOutput extends OutputStream {
  private final LongSupplier nanoTime;
  private final BoundedOutput kept;
  private long lastNanos;

  /**
   * @param maxBytes that are kept
   * @param nanoTime a clock that only ever goes forward, in nanoseconds
   */
  CommandOutput(int maxBytes, LongSupplier nanoTime) {
    this.kept = new BoundedOutput(maxBytes);
    this.nanoTime = nanoTime;
    this.lastNanos = nanoTime.getAsLong();
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] buffer, int offset, int length) {
    kept.add(buffer, offset, length);
    lastNanos = nanoTime.getAsLong();
  }

  /** Called when there will be no more of one of the streams, and again for the other. */
  @Override
  public synchronized void close() {
    notifyAll();
  }

  /** Since when nothing was written, or since the beginning. */
  synchronized Duration silence() {
    return Duration.ofNanos(nanoTime.getAsLong() - lastNanos);
  }

  /** Waits until a stream ends, or for as long as this at the most, or less. */
  @SuppressWarnings("WaitNotInLoop") // whoever waits looks at the channel, and waits again
  synchronized void awaitNews(Duration limit) throws InterruptedException {
    wait(Math.max(1, limit.toMillis()));
  }

  synchronized String text() {
    return kept.text();
  }
}
