package dev.selfheal.action;

import dev.selfheal.child.BoundedOutput;
import dev.selfheal.child.Child;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** A command that runs, and is stopped with all that it has started when its time is over. */
final class RunningCommand implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final LongSupplier nanoTime;
  private final BoundedOutput output;
  private final Child child;

  /**
   * @param most bytes of its output that are kept
   */
  RunningCommand(Child.Start start, int most) throws IOException {
    this.output = new BoundedOutput(most);
    this.nanoTime = start.nanoTime();
    this.child = start.writing(output::add);
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
    child.readRest();
    return ended
        ? new CommandResult.Exited(child.process().exitValue(), output.text())
        : new CommandResult.TimedOut(output.text());
  }

  @Override
  public void close() {
    child.close();
  }

  private boolean endsWithin(Duration limit, Duration chance) throws InterruptedException {
    long began = nanoTime.getAsLong();
    try {
      return child.endsWithin(limit);
    } catch (InterruptedException e) {
      Duration left = limit.minusNanos(nanoTime.getAsLong() - began);
      if (!child.endsWithin(left.compareTo(chance) < 0 ? left : chance)) {
        throw e;
      }
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void stop() throws InterruptedException {
    ProcessTree tree = new ProcessTree(child.process());
    try {
      tree.terminate();
      CompletableFuture<Void> gone = tree.gone();
      long began = nanoTime.getAsLong();
      while (!gone.isDone() && nanoTime.getAsLong() - began < GRACE.toNanos()) {
        if (!child.readSome()) {
          waitABitFor(gone);
        }
      }
    } finally {
      tree.kill();
    }
  }

  private static void waitABitFor(CompletableFuture<Void> gone) throws InterruptedException {
    try {
      gone.get(Child.LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Then there is time to read.
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for a process failed", e);
    }
  }
}
