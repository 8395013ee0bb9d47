package dev.selfheal.e2e;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** What stands in a ledger's file, read without the receiver's own code. */
record LedgerFile(List<Pair> pairs, List<Incident> incidents, List<Attempt> attempts) {

  /**
   * A row of the table of alert pairs.
   *
   * @param incident 0 if it belongs to none
   */
  record Pair(String fingerprint, Instant startsAt, String status, long incident) {}

  /** A row of the table of incidents. */
  record Incident(
      long id, String target, String closing, Instant openedAt, @Nullable Instant closedAtOrNull) {

    Optional<Instant> closedAt() {
      return Optional.ofNullable(closedAtOrNull);
    }
  }

  /** A row of the table of attempts. */
  record Attempt(
      String target, String outcome, Instant startedAt, @Nullable Instant settledAtOrNull) {

    /** When it ended; the end of all time if it has not. */
    Instant end() {
      return settledAtOrNull == null ? Instant.MAX : settledAtOrNull;
    }
  }

  /** Reads the file; a receiver may be at work on it. */
  static LedgerFile read(Path file) {
    return Jdbi.create("jdbc:sqlite:" + file)
        .withHandle(
            handle ->
                new LedgerFile(
                    rows(handle, "select * from pair", LedgerFile::pair),
                    rows(handle, "select * from incident order by id", LedgerFile::incident),
                    rows(handle, "select * from attempt order by id", LedgerFile::attempt)));
  }

  private static <T> List<T> rows(Handle handle, String query, RowMapper<T> mapper) {
    return handle.createQuery(query).map(mapper).list();
  }

  private static Pair pair(ResultSet row, Object context) throws SQLException {
    return new Pair(
        row.getString("fingerprint"),
        Instant.parse(row.getString("starts_at")),
        row.getString("status"),
        row.getLong("incident"));
  }

  private static Incident incident(ResultSet row, Object context) throws SQLException {
    return new Incident(
        row.getLong("id"),
        row.getString("target"),
        Optional.ofNullable(row.getString("closing")).orElse("still open"),
        Instant.ofEpochMilli(row.getLong("opened_at")),
        atOrNull(row, "closed_at"));
  }

  private static Attempt attempt(ResultSet row, Object context) throws SQLException {
    return new Attempt(
        row.getString("target"),
        Optional.ofNullable(row.getString("outcome")).orElse("still running"),
        Instant.ofEpochMilli(row.getLong("started_at")),
        atOrNull(row, "settled_at"));
  }

  private static @Nullable Instant atOrNull(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
