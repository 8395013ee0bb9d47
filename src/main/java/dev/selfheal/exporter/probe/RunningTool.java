package dev.selfheal.exporter.probe;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A small program that runs. Its pipes are read only as far as something is there: a program that
 * hangs in the kernel would keep a reader for ever.
 */
final class RunningTool implements AutoCloseable {
  /** How long to wait for the end before the pipes are looked at: they hold 64 KiB. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** More than a pipe holds, and an end to reading from a process that was left behind. */
  private static final int REST_READS = 16;

  private static final int MAX_OUTPUT = 4 << 20;
  private static final int MAX_ERRORS = 16 << 10;

  private final Process process;
  private final LongSupplier nanoTime;
  private final BoundedText output = new BoundedText(MAX_OUTPUT);
  private final BoundedText errors = new BoundedText(MAX_ERRORS);
  private final Map<InputStream, BoundedText> pipes;
  private final byte[] buffer = new byte[64 << 10];

  RunningTool(Process process, LongSupplier nanoTime) {
    this.process = process;
    this.nanoTime = nanoTime;
    this.pipes = Map.of(process.getInputStream(), output, process.getErrorStream(), errors);
  }

  /**
   * Waits until it ends.
   *
   * @return false if it still runs when the time is over
   */
  boolean endsWithin(Duration limit) throws InterruptedException {
    long began = nanoTime.getAsLong();
    while (process.isAlive()) {
      long left = limit.toNanos() - (nanoTime.getAsLong() - began);
      if (left <= 0) {
        return false;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (!readSome()) {
        process.waitFor(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS);
      }
    }
    return true;
  }

  /** What came of it, once it has ended. */
  ToolResult.Ended result() {
    for (int i = 0; i < REST_READS && readSome(); i++) {}
    return new ToolResult.Ended(
        process.exitValue(), output.text(), errors.text(), output.whole() && errors.whole());
  }

  /** Stops listening. */
  @Override
  public void close() {
    pipes.keySet().forEach(RunningTool::close);
  }

  private static void close(InputStream pipe) {
    try {
      pipe.close();
    } catch (IOException e) {
      // Nothing more is wanted from it.
    }
  }

  private boolean readSome() {
    boolean some = false;
    for (Map.Entry<InputStream, BoundedText> each : pipes.entrySet()) {
      some |= readSome(each.getKey(), each.getValue());
    }
    return some;
  }

  private boolean readSome(InputStream pipe, BoundedText into) {
    try {
      int ready = Math.min(pipe.available(), buffer.length);
      int count = ready > 0 ? pipe.read(buffer, 0, ready) : 0;
      into.add(buffer, Math.max(count, 0));
      return count > 0;
    } catch (IOException e) {
      return false; // closed by the other side
    }
  }
}
