package dev.selfheal.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;

/** Sees to it that a SQLite file is a whole ledger, with the tables that this program knows. */
final class SqliteSchema {

  /**
   * The number of the newest migration under {@code db/sqlite}. Known here, so that Flyway, a
   * quarter of a second of every start, is left asleep unless there is something to migrate.
   */
  static final int NEWEST = 4;

  private SqliteSchema() {}

  /** Creates the file, or checks it and brings its tables up to date. */
  static void prepare(Path file) {
    try {
      if (Files.notExists(file)) {
        create(file);
      } else if (Files.size(file) == 0) {
        throw SqliteFaults.corrupt(file, "its file is empty");
      } else if (examine(file) < NEWEST) {
        migrate(file);
      }
    } catch (IOException e) {
      throw new LedgerException(
          "the ledger "
              + file
              + " cannot be created or read ("
              + e
              + "): give its folder to the receiver's user",
          e);
    } catch (SQLException e) {
      throw SqliteFaults.explain(file, e);
    }
  }

  /**
   * A ledger comes into being whole, under another name first: a file that is there but empty was
   * damaged, and must not pass for a fresh start with a full budget.
   */
  private static void create(Path file) throws IOException {
    Path fresh = beside(file, ".new");
    if (Files.exists(beside(file, "-wal"))) {
      throw SqliteFaults.corrupt(file, "its file is gone, its write-ahead log is still there");
    }
    Files.deleteIfExists(fresh);
    Files.deleteIfExists(beside(fresh, "-wal"));
    Files.deleteIfExists(beside(fresh, "-shm"));
    migrate(fresh);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private static void migrate(Path file) {
    Flyway.configure()
        .dataSource(SqliteStore.creatingUrl(file), null, null)
        .locations("classpath:db/sqlite")
        .load()
        .migrate();
  }

  /**
   * The number of the file's newest migration. Nothing is written, not even the journal's mode,
   * before it is certain that the file is a ledger.
   */
  private static int examine(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection(SqliteStore.plainUrl(file));
        Statement statement = connection.createStatement()) {
      String verdict = first(statement, "pragma quick_check(1)");
      if (!verdict.equals("ok")) {
        throw SqliteFaults.corrupt(file, verdict.lines().findFirst().orElse(""));
      }
      int version = version(file, statement);
      // Fails here rather than at the first restart if the file can be read only.
      statement.execute("begin immediate");
      statement.execute("rollback");
      return version;
    }
  }

  private static int version(Path file, Statement statement) throws SQLException {
    String tables = "select count(*) from sqlite_master where name = 'flyway_schema_history'";
    if (first(statement, tables).equals("0")) {
      throw SqliteFaults.corrupt(file, "it is a database, but not a ledger");
    }
    String newest = "select coalesce(max(cast(version as integer)), 0) from flyway_schema_history";
    int version = Integer.parseInt(first(statement, newest));
    if (version > NEWEST) {
      throw new LedgerException(
          "the ledger "
              + file
              + " was written by a newer selfheal (tables "
              + version
              + ", known here "
              + NEWEST
              + "): install that version again");
    }
    return version;
  }

  private static String first(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }
}
