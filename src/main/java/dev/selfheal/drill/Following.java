package dev.selfheal.drill;

import dev.selfheal.action.Pauser;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Has all links looked at, round after round, side by side: one that hangs delays no other. */
final class Following implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(500);

  /**
   * A round goes on without those that take longer; they are looked at again when they are back.
   */
  private static final Duration ROUND = Duration.ofSeconds(1);

  private final List<Watch> watches;
  private final Pauser pauser;
  private final ExecutorService threads = Executors.newCachedThreadPool(Following::daemon);
  private final Map<Watch, CompletableFuture<Void>> looks = new HashMap<>();

  Following(List<Watch> watches, Pauser pauser) {
    this.watches = List.copyOf(watches);
    this.pauser = pauser;
  }

  /** Looks until the recovery is proven, or the time is over. */
  void toTheEnd(Timeline timeline, Duration within) throws InterruptedException {
    while (!timeline.has(Stage.PROOF)) {
      Duration left = within.minus(timeline.elapsed());
      if (left.isNegative() || left.isZero()) {
        return;
      }
      round(timeline, shorter(left, ROUND));
      pauser.pause(shorter(left, PAUSE));
    }
  }

  /** A fault of this program must not pass for a broken link. */
  private void round(Timeline timeline, Duration patience) throws InterruptedException {
    try {
      for (Watch watch : watches) {
        CompletableFuture<Void> last = looks.get(watch);
        if (last != null && last.isDone()) {
          last.get(); // it may have broken off while another one hung
        }
        if (last == null || last.isDone()) {
          looks.put(watch, CompletableFuture.runAsync(() -> look(watch, timeline), threads));
        }
      }
      CompletableFuture.allOf(looks.values().toArray(CompletableFuture[]::new))
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException hangs) {
      // Its watch says what the last look that came back has seen.
    } catch (ExecutionException e) {
      throw new IllegalStateException("a look broke off", e.getCause());
    }
  }

  private static void look(Watch watch, Timeline timeline) {
    try {
      watch.look(timeline);
    } catch (InterruptedException e) {
      throw new CompletionException(e); // nobody waits for it any more
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
