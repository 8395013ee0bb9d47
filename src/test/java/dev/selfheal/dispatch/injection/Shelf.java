package dev.selfheal.dispatch.injection;

import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.Query;
import dev.selfheal.ledger.SqliteLedger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A real ledger in a file, which serves one episode after another: to open it costs more than all
 * that an episode writes.
 */
final class Shelf {
  private static final List<String> TABLES =
      List.of(
          "unsighted",
          "attempt_remark",
          "attempt",
          "pair",
          "incident",
          "pause",
          "external_restart",
          "probe",
          "sqlite_sequence");

  private final Path file;
  private final Hand hand = new Hand();
  private Ledger ledger;

  /** The clock of the episode that the ledger is in. */
  private static final class Hand extends Clock {
    private Clock clock = Clock.systemUTC();

    @Override
    public Instant instant() {
      return clock.instant();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("a ledger has no zone");
    }
  }

  Shelf(Path file) {
    this.file = file;
    this.ledger = SqliteLedger.open(file, hand);
  }

  /** Empties it for an episode with this clock. */
  void begin(Clock clock) {
    hand.clock = clock;
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.executeUpdate("delete from " + table);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger could not be emptied", e);
    }
  }

  Ledger ledger() {
    return ledger;
  }

  boolean isOpen(long incident, String target) {
    return ledger.openIncidents().stream()
        .anyMatch(open -> open.incident().id() == incident && open.place().target().equals(target));
  }

  boolean runs(long attempt) {
    return ledger.attempts(new Query(null, true, Query.MOST)).stream()
        .anyMatch(entry -> entry.attempt().id() == attempt && entry.attempt().running());
  }

  /** Closes it, as the end of a process does, and opens it again. */
  void reopen() {
    ledger.close();
    ledger = SqliteLedger.open(file, hand);
  }

  void close() {
    ledger.close();
  }
}
