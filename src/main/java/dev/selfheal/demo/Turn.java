package dev.selfheal.demo;

import java.util.concurrent.Semaphore;

/** The wait of one request for its turn, which ends early when its client leaves. */
final class Turn {
  private final Thread waiter;
  private boolean waits;
  private boolean left;

  Turn(Thread waiter) {
    this.waiter = waiter;
  }

  /** Whether the turn came; false if the client left before. */
  boolean await(Semaphore slot) throws InterruptedException {
    synchronized (this) {
      if (left) {
        return false;
      }
      waits = true;
    }
    boolean came = false;
    try {
      slot.acquire();
      came = true;
    } catch (InterruptedException e) {
      // The client has left, or the process ends.
    }
    return settle(came);
  }

  synchronized void leave() {
    left = true;
    if (waits) {
      waiter.interrupt();
    }
  }

  private synchronized boolean settle(boolean came) {
    waits = false;
    Thread.interrupted();
    return came;
  }
}
