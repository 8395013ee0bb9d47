package dev.selfheal.ledger;

import java.nio.file.Path;
import java.time.Clock;

/** Opens a ledger in a SQLite file, which only one receiver may use at a time. */
public final class SqliteLedger {

  private SqliteLedger() {}

  /**
   * Opens the ledger, and creates it if the file does not exist.
   *
   * @throws LedgerException if the folder cannot be written, another receiver has it open, or the
   *     file is damaged; the message says which, and what to do
   */
  public static Ledger open(Path file, Clock clock) {
    ReceiverLock lock = ReceiverLock.of(file);
    try {
      SqliteSchema.prepare(file);
      return new JdbcLedger(new SqliteStore(file), clock, lock::close);
    } catch (RuntimeException e) {
      lock.close();
      throw SqliteFaults.explain(file, e);
    }
  }
}
