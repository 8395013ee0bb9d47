package dev.selfheal.ledger;

import dev.selfheal.alert.AlertKey;
import dev.selfheal.ledger.Entry.Tally;
import dev.selfheal.remedy.Pair;
import dev.selfheal.remedy.Pair.Source;
import dev.selfheal.remedy.Pair.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of alert pairs. */
final class PairRows {

  private PairRows() {}

  /**
   * A pair and where it belongs.
   *
   * @param incident 0 if it never belonged to one
   */
  record Row(Pair pair, long incident) {}

  static Optional<Row> find(Handle h, AlertKey key) {
    return h.createQuery("select * from pair where fingerprint = :fingerprint and starts_at = :at")
        .bind("fingerprint", key.fingerprint())
        .bind("at", key.startsAt().toString())
        .map((row, context) -> new Row(pair(row), row.getLong("incident")))
        .findOne();
  }

  /** The first pairs of an incident; those that fire come before others. */
  static List<Pair> someOfIncident(Handle h, long incident, int most) {
    return h.createQuery(
            "select * from pair where incident = :incident"
                + " order by status = 'RESOLVED', first_heard limit :most")
        .bind("incident", incident)
        .bind("most", most)
        .map((row, context) -> pair(row))
        .list();
  }

  /** How many pairs an incident has; read from the index alone. */
  static int count(Handle h, long incident) {
    return h.createQuery("select count(*) from pair where incident = :incident")
        .bind("incident", incident)
        .mapTo(Integer.class)
        .one();
  }

  static Tally tally(Handle h, long incident) {
    return h.createQuery(
            "select count(*) as pairs, count(*) filter (where status = 'FIRING') as firing"
                + " from pair where incident = :incident")
        .bind("incident", incident)
        .map((row, context) -> new Tally(row.getInt("pairs"), row.getInt("firing")))
        .one();
  }

  static List<Pair> ofIncident(Handle h, long incident) {
    return h.createQuery("select * from pair where incident = :incident order by first_heard")
        .bind("incident", incident)
        .map((row, context) -> pair(row))
        .list();
  }

  /** Writes a pair that was not known; {@code incident} is null for one that was never firing. */
  static void insert(Handle h, News news, @Nullable Long incident, Instant now) {
    h.createUpdate(
            "insert into pair (fingerprint, starts_at, incident, source, status, first_heard,"
                + " last_heard, repeat_ms) values (:fingerprint, :startsAt, :incident, :source,"
                + " :status, :now, :now, :repeat)")
        .bind("fingerprint", news.key().fingerprint())
        .bind("startsAt", news.key().startsAt().toString())
        .bind("incident", incident)
        .bind("source", news.source().name())
        .bind("status", news.status().name())
        .bind("now", now.toEpochMilli())
        .bind("repeat", millis(news.repeatOrNull()))
        .execute();
  }

  /** Writes that a known pair fires, as part of this incident. */
  static void hearAgain(Handle h, News news, long incident, Instant now) {
    h.createUpdate(
            "update pair set incident = :incident, source = :source, last_heard = :now,"
                + " repeat_ms = :repeat where fingerprint = :fingerprint and starts_at = :startsAt")
        .bind("fingerprint", news.key().fingerprint())
        .bind("startsAt", news.key().startsAt().toString())
        .bind("incident", incident)
        .bind("source", news.source().name())
        .bind("now", now.toEpochMilli())
        .bind("repeat", millis(news.repeatOrNull()))
        .execute();
  }

  static void resolve(Handle h, AlertKey key) {
    h.createUpdate(
            "update pair set status = 'RESOLVED' where fingerprint = :fingerprint"
                + " and starts_at = :startsAt")
        .bind("fingerprint", key.fingerprint())
        .bind("startsAt", key.startsAt().toString())
        .execute();
  }

  /** A requested restart is one attempt: its pair ends with it. */
  static void resolveManual(Handle h, long incident) {
    h.createUpdate(
            "update pair set status = 'RESOLVED' where incident = :incident and source = 'MANUAL'")
        .bind("incident", incident)
        .execute();
  }

  private static @Nullable Long millis(@Nullable Duration repeat) {
    return repeat == null ? null : (Long) repeat.toMillis();
  }

  private static Pair pair(ResultSet row) throws SQLException {
    long repeat = row.getLong("repeat_ms");
    return new Pair(
        new AlertKey(row.getString("fingerprint"), Instant.parse(row.getString("starts_at"))),
        Source.valueOf(row.getString("source")),
        Status.valueOf(row.getString("status")),
        Times.at(row, "first_heard"),
        Times.at(row, "last_heard"),
        repeat == 0 ? null : Duration.ofMillis(repeat));
  }
}
