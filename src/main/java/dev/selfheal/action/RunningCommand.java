package dev.selfheal.action;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * A command that runs. Its output is read only as far as it is there already: a process that it
 * leaves behind may hold the other end for ever, and a read would wait as long.
 */
final class RunningCommand implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final long LOOK_MILLIS = 20;

  /** More than a pipe holds, and an end to reading from a process that was left behind. */
  private static final int REST_READS = 16;

  private final Process process;
  private final LongSupplier nanoTime;
  private final InputStream pipe;
  private final BoundedOutput output = new BoundedOutput();
  private final byte[] buffer = new byte[64 << 10];

  RunningCommand(Process process, LongSupplier nanoTime) {
    this.process = process;
    this.nanoTime = nanoTime;
    this.pipe = process.getInputStream();
  }

  /**
   * Waits until it ends, and stops it when the time is over. What a command that ends by itself
   * leaves running is left alone, as it may be the server.
   *
   * @param chance how long it may go on if the thread is interrupted; the interrupt is set again
   */
  CommandResult await(Duration limit, Duration chance) throws InterruptedException {
    boolean ended = false;
    try {
      ended = endsWithin(limit, chance);
    } finally {
      if (!ended) {
        stop();
      }
    }
    for (int i = 0; i < REST_READS && readSome(); i++) {}
    return ended
        ? new CommandResult.Exited(process.exitValue(), output.text())
        : new CommandResult.TimedOut(output.text());
  }

  /** Stops listening; a process that was left behind is told so when it writes. */
  @Override
  public void close() {
    try {
      pipe.close();
    } catch (IOException e) {
      // Nothing more is wanted from it.
    }
  }

  private boolean endsWithin(Duration limit, Duration chance) throws InterruptedException {
    long began = nanoTime.getAsLong();
    try {
      return endsWithin(limit);
    } catch (InterruptedException e) {
      Duration left = limit.minusNanos(nanoTime.getAsLong() - began);
      if (!endsWithin(left.compareTo(chance) < 0 ? left : chance)) {
        throw e;
      }
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private boolean endsWithin(Duration limit) throws InterruptedException {
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
        process.waitFor(
            Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)), TimeUnit.NANOSECONDS);
      }
    }
    return true;
  }

  private void stop() throws InterruptedException {
    ProcessTree tree = new ProcessTree(process);
    try {
      tree.terminate();
      CompletableFuture<Void> gone = tree.gone();
      long began = nanoTime.getAsLong();
      while (!gone.isDone() && nanoTime.getAsLong() - began < GRACE.toNanos()) {
        if (!readSome()) {
          waitABitFor(gone);
        }
      }
    } finally {
      tree.kill();
    }
  }

  private static void waitABitFor(CompletableFuture<Void> gone) throws InterruptedException {
    try {
      gone.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Then there is time to read.
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for a process failed", e);
    }
  }

  private boolean readSome() {
    try {
      int ready = Math.min(pipe.available(), buffer.length);
      int count = ready > 0 ? pipe.read(buffer, 0, ready) : 0;
      output.add(buffer, Math.max(count, 0));
      return count > 0;
    } catch (IOException e) {
      return false; // closed by the other side
    }
  }
}
