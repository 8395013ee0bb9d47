package dev.selfheal.ledger;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** A database that the ledger's rows live in. */
interface Store extends AutoCloseable {

  /**
   * Runs work that changes rows, alone, and commits it durably before it returns.
   *
   * @throws LedgerException if the work or the commit failed; nothing is changed then
   */
  <T> T write(Function<Handle, T> work);

  /** Runs work that changes nothing, on one state of all rows. */
  <T> T read(Function<Handle, T> work);

  @Override
  void close();
}
