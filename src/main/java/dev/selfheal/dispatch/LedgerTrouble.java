package dev.selfheal.dispatch;

import dev.selfheal.ledger.LedgerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once that the ledger cannot be used, and once that it can again. Ends the program if the
 * ledger is damaged. Every part that meets a failing ledger tells it here.
 */
public final class LedgerTrouble {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerTrouble.class);

  private final Runnable damaged;
  private volatile String told = "";

  /**
   * @param damaged ends the program
   */
  public LedgerTrouble(Runnable damaged) {
    this.damaged = damaged;
  }

  /** Whether the ledger could be used when it was last tried. */
  public boolean none() {
    return told.isEmpty();
  }

  /** The ledger could not be used. */
  public synchronized void met(LedgerException e) {
    String message = String.valueOf(e.getMessage());
    if (!told.equals(message)) {
      told = message;
      LOG.error("nothing is restarted until this is mended: {}", message);
      if (e instanceof LedgerException.Corrupt) {
        damaged.run();
      }
    }
  }

  /** The ledger could be used. */
  public void over() {
    if (!told.isEmpty()) {
      synchronized (this) {
        told = "";
      }
      LOG.info("the ledger can be used again");
    }
  }
}
