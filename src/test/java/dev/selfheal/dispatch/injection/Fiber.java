package dev.selfheal.dispatch.injection;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Work of a receiver that may wait. It has a thread of its own, but whoever resumes it waits until
 * it parks or ends: of one episode only one thread runs at a time, so that a seed tells it all.
 */
final class Fiber {
  private static final ThreadLocal<Fiber> CURRENT = new ThreadLocal<>();
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "fiber");
            thread.setDaemon(true);
            return thread;
          });

  private final Runnable work;
  private final Semaphore turn = new Semaphore(0);
  private final Semaphore back = new Semaphore(0);
  private @Nullable Thread thread;
  private boolean ended;
  private boolean killed;

  /**
   * @param work throws nothing
   */
  Fiber(Runnable work) {
    this.work = work;
  }

  static Fiber current() {
    return CURRENT.get();
  }

  boolean ended() {
    return ended;
  }

  void start() {
    Future<?> unused = THREADS.submit(this::run);
    back.acquireUninterruptibly();
  }

  private void run() {
    CURRENT.set(this);
    thread = Thread.currentThread();
    try {
      work.run();
    } finally {
      ended = true;
      CURRENT.remove();
      back.release();
    }
  }

  /** Lets it go on until it parks again. */
  void resume() {
    if (!ended && this != current()) {
      turn.release();
      back.acquireUninterruptibly();
    }
  }

  /** Waits to be resumed. */
  void park() {
    back.release();
    turn.acquireUninterruptibly();
    if (killed) {
      throw new Killed();
    }
  }

  /** Tells it to end, as a receiver does that is told to stop. */
  void interrupt() {
    Thread mine = thread;
    if (mine != null && !ended) {
      mine.interrupt();
      resume();
    }
  }

  /** It ends where it is when it is resumed. */
  void kill() {
    killed = true;
  }
}
