package dev.selfheal.app;

import dev.selfheal.dispatch.Workers;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the few named threads of the program. */
final class Threads {

  /** Looks wait for the disk or for Alertmanager; a few at once are enough for any fleet. */
  private static final int LOOKERS = 4;

  private static final long IDLE_SECONDS = 30;

  private Threads() {}

  static Workers workers(Clock clock, Lifecycle lifecycle) {
    ExecutorService actors =
        lifecycle.ownExecutor("attempts", Executors.newCachedThreadPool(named("attempt")));
    ThreadPoolExecutor lookers =
        lifecycle.ownExecutor(
            "looks",
            new ThreadPoolExecutor(
                LOOKERS,
                LOOKERS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                named("look")));
    lookers.allowCoreThreadTimeOut(true);
    ScheduledThreadPoolExecutor timer =
        lifecycle.ownExecutor("timer", new ScheduledThreadPoolExecutor(1, named("timer")));
    timer.setRemoveOnCancelPolicy(true);
    return new Workers(clock, timer, lookers, actors);
  }

  private static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
