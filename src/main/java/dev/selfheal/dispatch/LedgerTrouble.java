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

  private final Runnable check;
  private final Runnable damaged;
  private volatile String told = "";
  private String refused = "";

  /**
   * @param check writes something into the ledger, and throws if it cannot
   * @param damaged ends the program
   */
  public LedgerTrouble(Runnable check, Runnable damaged) {
    this.check = check;
    this.damaged = damaged;
  }

  /** Whether the ledger could be used when it was last tried. */
  public boolean none() {
    return told.isEmpty();
  }

  /** The ledger could not be used. */
  public synchronized void met(LedgerException e) {
    String message = String.valueOf(e.getMessage());
    if (Thread.currentThread().isInterrupted() || told.equals(message)) {
      return; // What an interrupt breaks off, because this receiver ends, says nothing.
    }
    if (e instanceof LedgerException.Refused) {
      refused(message);
      return;
    }
    told = message;
    LOG.error("nothing is restarted until this is mended: {}", message);
    if (e instanceof LedgerException.Corrupt) {
      damaged.run();
    }
  }

  /** The ledger works; only this row is at fault. */
  private void refused(String message) {
    if (!refused.equals(message)) {
      refused = message;
      LOG.error("{}", message);
    }
  }

  /**
   * Something that needs the ledger has worked. Much works on a full disk, so that a write has to
   * prove it before the trouble is over.
   */
  public void over() {
    if (!told.isEmpty()) {
      prove();
    }
  }

  private synchronized void prove() {
    if (told.isEmpty()) {
      return;
    }
    try {
      check.run();
      told = "";
      LOG.info("the ledger can be used again");
    } catch (LedgerException e) {
      met(e);
    }
  }
}
