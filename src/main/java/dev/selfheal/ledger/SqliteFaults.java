package dev.selfheal.ledger;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

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
  private static final int TOOBIG = 18;
  private static final int CONSTRAINT = 19;
  private static final int MISMATCH = 20;
  private static final int NOTADB = 26;

  private SqliteFaults() {}

  /** The exception that tells an operator what happened to this file. */
  static LedgerException explain(Path file, Exception e) {
    if (e instanceof LedgerException known) {
      return known;
    }
    Optional<SQLException> cause = sqlCause(e);
    int code = cause.map(SQLException::getErrorCode).orElse(0) & 0xff;
    String what = firstLine(cause.<Throwable>map(sql -> sql).orElse(e));
    String where = "the ledger " + file + " ";
    if (lacksLibrary(e)) {
      return new LedgerException(
          where
              + "cannot be opened, SQLite's library cannot be loaded: set -Dorg.sqlite.tmpdir to a"
              + " folder that the receiver's user may write to and load programs from",
          e);
    }
    return switch (code) {
      case CORRUPT, NOTADB -> corrupt(file, what);
      case TOOBIG, CONSTRAINT, MISMATCH -> refused(where, what, e);
      default ->
          cause.isEmpty()
              ? refused(where, what, e)
              : new LedgerException(where + trouble(code) + " (" + what + ")", e);
    };
  }

  static LedgerException.Corrupt corrupt(Path file, String what) {
    return new LedgerException.Corrupt(
        "the ledger "
            + file
            + " is damaged ("
            + what
            + "): move it aside and put back a copy; an empty ledger forgets what budget was"
            + " spent");
  }

  private static LedgerException refused(String where, String what, Exception e) {
    return new LedgerException.Refused(
        where + "takes no such row, which is a fault of this program: report it (" + what + ")", e);
  }

  private static String trouble(int code) {
    return switch (code) {
      case BUSY, LOCKED -> "is locked by another program: end that program";
      case READONLY, PERM, CANTOPEN ->
          "cannot be written: give the receiver's user the file and its folder";
      case FULL -> "cannot grow: free some disk space";
      case IOERR ->
          "cannot be read or written: look for disk errors, and for a full disk, in the journal";
      default -> "cannot be used: look at the file with sqlite3, or put back a copy";
    };
  }

  /** The driver unpacks its library into a folder when it is first used. */
  private static boolean lacksLibrary(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause)
        .anyMatch(cause -> cause.getClass().getSimpleName().startsWith("NativeLibrary"));
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no details");
  }

  private static Optional<SQLException> sqlCause(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .findFirst();
  }
}
