package dev.selfheal.dispatch;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done once, however often it is asked for before it begins, and by one thread at a
 * time. What is asked for while it runs leads to one more run.
 */
final class Coalesced {
  private static final Logger LOG = LoggerFactory.getLogger(Coalesced.class);

  private final Executor executor;
  private final Runnable work;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final AtomicBoolean busy = new AtomicBoolean();

  Coalesced(Executor executor, Runnable work) {
    this.executor = executor;
    this.work = work;
  }

  /** Has it done as soon as a thread is free. Never, if this receiver is ending. */
  void soon() {
    asked.set(true);
    if (!busy.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(this::run);
    } catch (RejectedExecutionException e) {
      busy.set(false);
    }
  }

  private void run() {
    asked.set(false);
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("something broke off; the next round comes as usual", e);
    } finally {
      busy.set(false);
    }
    if (asked.get()) {
      soon();
    }
  }
}
