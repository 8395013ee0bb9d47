package dev.selfheal.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A timer that is cranked by hand: it moves a clock, and runs each task in the test's own thread
 * when the clock passes it.
 */
public final class ManualTimer extends AbstractExecutorService implements ScheduledExecutorService {
  private final SettableClock clock;
  private final Runnable afterEach;
  private final PriorityQueue<Task<?>> tasks =
      new PriorityQueue<>(
          Comparator.comparing((Task<?> task) -> task.due).thenComparing(task -> task.number));
  private long numbers;
  private boolean shutdown;

  /**
   * @param clock what it moves
   * @param afterEach runs after each task, before the clock moves on
   */
  public ManualTimer(SettableClock clock, Runnable afterEach) {
    this.clock = clock;
    this.afterEach = afterEach;
  }

  /** Lets so much time pass, and runs what becomes due on the way, each at its own moment. */
  public void pass(Duration time) {
    Instant end = clock.instant().plus(time);
    for (Task<?> next = nextBefore(end); next != null; next = nextBefore(end)) {
      if (next.due.isAfter(clock.instant())) {
        clock.set(next.due);
      }
      next.ring();
      afterEach.run();
    }
    clock.set(end);
  }

  /** Loses everything that is set, as a fault would. */
  public synchronized void lose() {
    tasks.clear();
  }

  /** How many tasks are set. */
  public synchronized int waiting() {
    tasks.removeIf(Task::isCancelled);
    return tasks.size();
  }

  private synchronized @Nullable Task<?> nextBefore(Instant end) {
    tasks.removeIf(Task::isCancelled);
    Task<?> next = tasks.peek();
    return next == null || next.due.isAfter(end) ? null : tasks.poll();
  }

  private synchronized <T> Task<T> add(Task<T> task) {
    if (shutdown) {
      throw new RejectedExecutionException("shut down");
    }
    task.number = numbers++;
    tasks.add(task);
    return task;
  }

  private <T> Task<T> task(Callable<T> work, Duration first, @Nullable Duration period) {
    return add(new Task<>(work, clock.instant().plus(first), period));
  }

  private static Callable<@Nullable Void> callable(Runnable work) {
    return () -> {
      work.run();
      return null;
    };
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
    return task(callable(work), Duration.of(delay, unit.toChronoUnit()), null);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
    return task(work, Duration.of(delay, unit.toChronoUnit()), null);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable work, long first, long period, TimeUnit unit) {
    return task(
        callable(work),
        Duration.of(first, unit.toChronoUnit()),
        Duration.of(period, unit.toChronoUnit()));
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable work, long first, long delay, TimeUnit unit) {
    return scheduleAtFixedRate(work, first, delay, unit);
  }

  @Override
  public void execute(Runnable work) {
    Future<?> unused = task(callable(work), Duration.ZERO, null);
  }

  @Override
  public synchronized void shutdown() {
    shutdown = true;
    tasks.clear();
  }

  @Override
  public synchronized List<Runnable> shutdownNow() {
    List<Runnable> left = new ArrayList<>(tasks);
    shutdown();
    return left;
  }

  @Override
  public synchronized boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return isShutdown();
  }

  @Override
  public boolean awaitTermination(long time, TimeUnit unit) {
    return isShutdown();
  }

  private final class Task<T> extends FutureTask<T> implements ScheduledFuture<T> {
    private final @Nullable Duration period;
    private Instant due;
    private long number;

    Task(Callable<T> work, Instant due, @Nullable Duration period) {
      super(work);
      this.due = due;
      this.period = period;
    }

    /** As the real one: a periodic task that throws is not run again. */
    void ring() {
      if (period == null) {
        run();
      } else if (runAndReset()) {
        due = due.plus(period);
        Future<?> unused = add(this);
      }
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(Duration.between(clock.instant(), due));
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
