package dev.selfheal.webhook;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of all bodies together may be in memory at once. What is read of a body counts, not what
 * it declares, and the beginning of each is free: small bodies find room whatever the large ones
 * do.
 */
final class BodyBudget {

  /** Nearly every notification is smaller; times the server's threads it is a few megabytes. */
  static final int FREE_BYTES = 64 << 10;

  /** Four of the largest. */
  private static final long MOST_BYTES = 4L * RequestBody.MOST_BYTES;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param most bytes, beyond the free ones of each body
   */
  BodyBudget(long most) {
    this.most = most;
  }

  /**
   * A budget for a heap of so many bytes: what was read needs up to four times its size there. One
   * body of the largest size finds room in any heap.
   */
  static BodyBudget ofHeap(long heap) {
    return new BodyBudget(Math.max(RequestBody.MOST_BYTES, Math.min(MOST_BYTES, heap / 4)));
  }

  /** A share for one body, of nothing yet. */
  Share open() {
    return new Share();
  }

  /** How many bytes are taken at present. */
  long taken() {
    return taken.get();
  }

  /** What one body takes; for one thread. */
  final class Share implements AutoCloseable {
    private long read;
    private long mine;

    /** Counts bytes of the body; false if there is no room for them. */
    boolean take(int bytes) {
      read += bytes;
      long wanted = Math.max(0, read - FREE_BYTES) - mine;
      if (wanted == 0) {
        return true;
      }
      mine += wanted;
      return taken.addAndGet(wanted) <= most;
    }

    /** Gives everything back. */
    @Override
    public void close() {
      taken.addAndGet(-mine);
      mine = 0;
    }
  }
}
