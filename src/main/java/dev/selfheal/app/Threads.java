package dev.selfheal.app;

import dev.selfheal.action.CommandRunner;
import dev.selfheal.dispatch.Workers;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the few named threads of the program. */
final class Threads {

  /** Looks wait for the disk alone, and one thread writes at a time. */
  private static final int LOOKERS = 4;

  /** They wait for Alertmanager, whose one answer serves them all, or for systemctl. */
  private static final int ASKERS = 4;

  private static final long IDLE_SECONDS = 30;

  /** A command's last chance, the time to stop it after that, and the ledger's few milliseconds. */
  private static final Duration LAST_ACT = CommandRunner.LAST_CHANCE.plusSeconds(5);

  private Threads() {}

  static Workers workers(Clock clock, Lifecycle lifecycle) {
    ExecutorService actors =
        lifecycle.ownExecutor(
            "attempts", Executors.newCachedThreadPool(named("attempt")), LAST_ACT);
    ExecutorService askers = lifecycle.ownExecutor("questions", pool(ASKERS, "ask"));
    ExecutorService lookers = lifecycle.ownExecutor("looks", pool(LOOKERS, "look"));
    ScheduledThreadPoolExecutor timer =
        lifecycle.ownExecutor("timer", new ScheduledThreadPoolExecutor(1, named("timer")));
    timer.setRemoveOnCancelPolicy(true);
    return new Workers(clock, System::nanoTime, timer, lookers, askers, actors);
  }

  /** For probes and the answers that they wait for; a probe that hangs keeps its thread. */
  static ExecutorService probes() {
    return Executors.newCachedThreadPool(named("probe"));
  }

  /** For the direct path, whose receiver may be slow; ends with the program. */
  static ScheduledExecutorService direct() {
    return Executors.newSingleThreadScheduledExecutor(named("direct"));
  }

  private static ThreadPoolExecutor pool(int threads, String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
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
