package dev.selfheal.ledger;

/** The ledger could not be read or written; nothing was changed, and nothing may be restarted. */
public class LedgerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LedgerException(String message, Throwable cause) {
    super(message, cause);
  }

  public LedgerException(String message) {
    super(message);
  }

  /** The rows were refused; the database itself works. */
  public static final class Refused extends LedgerException {

    private static final long serialVersionUID = 1L;

    Refused(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The ledger's file is damaged. The program must end: an empty ledger would refill budgets. */
  public static final class Corrupt extends LedgerException {

    private static final long serialVersionUID = 1L;

    public Corrupt(String message) {
      super(message);
    }
  }
}
