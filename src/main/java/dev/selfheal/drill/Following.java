package dev.selfheal.drill;

import dev.selfheal.action.Pauser;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Has all links looked at, round after round, side by side: one that hangs delays no other. */
final class Following implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration ROUND = Duration.ofSeconds(10);

  private final List<Watch> watches;
  private final Pauser pauser;
  private final ExecutorService threads = Executors.newCachedThreadPool(Following::daemon);

  Following(List<Watch> watches, Pauser pauser) {
    this.watches = List.copyOf(watches);
    this.pauser = pauser;
  }

  /** Looks until the recovery is proven, or the time is over. */
  void toTheEnd(Timeline timeline, Duration within) throws InterruptedException {
    List<Callable<Stage>> looks =
        watches.stream().<Callable<Stage>>map(watch -> () -> look(watch, timeline)).toList();
    while (!timeline.has(Stage.PROOF)) {
      Duration left = within.minus(timeline.elapsed());
      if (left.isNegative() || left.isZero()) {
        return;
      }
      check(threads.invokeAll(looks, shorter(left, ROUND).toMillis(), TimeUnit.MILLISECONDS));
      pauser.pause(shorter(left, PAUSE));
    }
  }

  private static Stage look(Watch watch, Timeline timeline) throws InterruptedException {
    watch.look(timeline);
    return timeline.last();
  }

  /** What hangs has been given up; a fault of this program must not pass for a broken link. */
  private static void check(List<Future<Stage>> looks) throws InterruptedException {
    for (Future<Stage> look : looks) {
      try {
        look.get();
      } catch (CancellationException hangs) {
        // Its watch says what the last look that came back has seen.
      } catch (ExecutionException e) {
        throw new IllegalStateException("a look broke off", e.getCause());
      }
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Thread daemon(Runnable task) {
    Thread made = new Thread(task, "drill");
    made.setDaemon(true);
    return made;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
