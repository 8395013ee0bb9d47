package dev.selfheal.ledger;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** Says in words what SQLite's error codes mean for the ledger, and what to do. */
final class SqliteFaults {

  // Primary result codes of SQLite; extended codes hold them in the lowest byte.
  private static final int PERM = 3;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int NOTADB = 26;

  private SqliteFaults() {}

  /** The exception that tells an operator what happened to this file. */
  static LedgerException explain(Path file, RuntimeException e) {
    Optional<SQLException> cause = sqlCause(e);
    int code = cause.map(SQLException::getErrorCode).orElse(0) & 0xff;
    if (code == CORRUPT || code == NOTADB) {
      return corrupt(file, cause.map(Throwable::getMessage).orElse("not a database"));
    }
    String what = cause.map(Throwable::getMessage).orElseGet(() -> String.valueOf(e.getMessage()));
    return new LedgerException("the ledger " + file + " " + trouble(code) + " (" + what + ")", e);
  }

  static LedgerException.Corrupt corrupt(Path file, String what) {
    return new LedgerException.Corrupt(
        "the ledger "
            + file
            + " is damaged ("
            + what
            + "): move it aside and put back a copy; an empty ledger forgets what budget was spent");
  }

  private static String trouble(int code) {
    return switch (code) {
      case BUSY, LOCKED -> "is locked by another program: end that program";
      case READONLY, PERM, CANTOPEN ->
          "cannot be written: give the receiver's user the file and its folder";
      case FULL -> "cannot grow: free some disk space";
      case IOERR -> "cannot be written: look for disk errors, and for a full disk, in the journal";
      default -> "cannot be used";
    };
  }

  private static Optional<SQLException> sqlCause(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }
}
