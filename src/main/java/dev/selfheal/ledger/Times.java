package dev.selfheal.ledger;

import dev.selfheal.remedy.Decision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times as the ledger keeps them: milliseconds since 1970, or null. */
final class Times {

  private Times() {}

  static Instant at(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  static @Nullable Instant atOrNull(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  static @Nullable Long endless(Instant until) {
    return until.equals(Decision.NO_END) ? null : (Long) until.toEpochMilli();
  }
}
