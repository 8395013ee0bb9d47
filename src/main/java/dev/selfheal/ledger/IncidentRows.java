package dev.selfheal.ledger;

import dev.selfheal.ledger.News.Place;
import dev.selfheal.remedy.Incident;
import dev.selfheal.remedy.Incident.Closing;
import dev.selfheal.remedy.Incident.Escalation;
import dev.selfheal.remedy.Incident.Marks;
import dev.selfheal.remedy.Incident.Phase;
import dev.selfheal.remedy.Pair;
import dev.selfheal.remedy.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The table of incidents. */
final class IncidentRows {

  private static final String CLOSED = "CLOSED";

  private IncidentRows() {}

  static long insert(Handle h, Place place, boolean confirmAlways, Instant now) {
    return h.createUpdate(
            "insert into incident (actuator, target, phase, opened_at, confirm_always)"
                + " values (:actuator, :target, 'OPEN', :now, :confirm)")
        .bind("actuator", place.actuator())
        .bind("target", place.target())
        .bind("now", now.toEpochMilli())
        .bind("confirm", confirmAlways)
        .executeAndReturnGeneratedKeys("id")
        .mapTo(Long.class)
        .one();
  }

  static Optional<Long> openId(Handle h, String actuator) {
    return h.createQuery("select id from incident where actuator = :a and phase <> 'CLOSED'")
        .bind("a", actuator)
        .mapTo(Long.class)
        .findOne();
  }

  static Optional<Incident> open(Handle h, String actuator) {
    return h.createQuery("select * from incident where actuator = :a and phase <> 'CLOSED'")
        .bind("a", actuator)
        .map((row, context) -> incident(row, PairRows.ofIncident(h, row.getLong("id"))))
        .findOne();
  }

  static List<Entry.OfIncident> allOpen(Handle h) {
    return entries(
        h, h.createQuery("select * from incident where phase <> 'CLOSED' order by opened_at, id"));
  }

  static List<Entry.OfIncident> newestFirst(Handle h, dev.selfheal.ledger.Query query) {
    return entries(
        h,
        h.createQuery(
                "select * from incident where (:actuator is null or actuator = :actuator)"
                    + " and (:openOnly = 0 or phase <> 'CLOSED') order by id desc limit :limit")
            .bind("actuator", query.actuatorOrNull())
            .bind("openOnly", query.openOnly() ? 1 : 0)
            .bind("limit", query.limit()));
  }

  /**
   * Whether a recovery of the incident was proven, however it was closed, or it was itself opened
   * by an alert that had outlived one.
   */
  static boolean suspect(Handle h, long incident) {
    return h.createQuery(
            "select decaying_since is not null or confirm_always = 1 from incident where id = :id")
        .bind("id", incident)
        .mapTo(Boolean.class)
        .findOne()
        .orElse(false);
  }

  static void confirmAlways(Handle h, long incident) {
    h.execute("update incident set confirm_always = 1 where id = ?", incident);
  }

  static void phase(Handle h, long incident, Phase phase) {
    h.execute(
        "update incident set phase = ? where id = ? and phase <> 'CLOSED'", phase.name(), incident);
  }

  static void decay(Handle h, long incident, Instant now) {
    h.execute(
        "update incident set phase = 'DECAYING', decaying_since = ?, unconfirmed_since = null"
            + " where id = ? and phase <> 'CLOSED'",
        now.toEpochMilli(),
        incident);
  }

  static void reopen(Handle h, long incident) {
    h.execute(
        "update incident set phase = 'OPEN', decaying_since = null, confirm_always = 1"
            + " where id = ?",
        incident);
  }

  static void unconfirmed(Handle h, long incident, Instant now) {
    h.execute(
        "update incident set unconfirmed_since = coalesce(unconfirmed_since, ?) where id = ?",
        now.toEpochMilli(),
        incident);
  }

  static void escalate(Handle h, long incident, Reason reason, Instant now) {
    h.execute(
        "update incident set escalation = ?, escalated_at = ? where id = ?",
        reason.name(),
        now.toEpochMilli(),
        incident);
  }

  static void calm(Handle h, long incident) {
    h.execute("update incident set escalation = null, escalated_at = null where id = ?", incident);
  }

  /** Ends the escalation of the scope's open incidents; attempts before now count no more. */
  static void resume(Handle h, String scope, Instant now) {
    h.createUpdate(
            "update incident set escalation = null, escalated_at = null, resumed_at = :now"
                + " where phase <> 'CLOSED' and (:scope = '*' or actuator = :scope)")
        .bind("now", now.toEpochMilli())
        .bind("scope", scope)
        .execute();
  }

  static void close(Handle h, long incident, Closing closing, Instant now) {
    h.execute(
        "update incident set phase = 'CLOSED', closing = ?, closed_at = ? where id = ?",
        closing.name(),
        now.toEpochMilli(),
        incident);
  }

  private static List<Entry.OfIncident> entries(Handle h, Query query) {
    return query.map((row, context) -> entry(h, row)).list();
  }

  private static Entry.OfIncident entry(Handle h, ResultSet row) throws SQLException {
    long id = row.getLong("id");
    return new Entry.OfIncident(
        new Place(row.getString("target"), row.getString("actuator")),
        incident(row, PairRows.someOfIncident(h, id, Entry.MOST_ALERTS)),
        closed(row) ? ending(row) : null,
        PairRows.tally(h, id));
  }

  private static Incident incident(ResultSet row, List<Pair> pairs) throws SQLException {
    return new Incident(
        row.getLong("id"),
        closed(row) ? Phase.OPEN : Phase.valueOf(row.getString("phase")),
        pairs,
        Times.at(row, "opened_at"),
        marks(row));
  }

  private static boolean closed(ResultSet row) throws SQLException {
    return row.getString("phase").equals(CLOSED);
  }

  private static Entry.Closed ending(ResultSet row) throws SQLException {
    return new Entry.Closed(Closing.valueOf(row.getString("closing")), Times.at(row, "closed_at"));
  }

  private static Marks marks(ResultSet row) throws SQLException {
    String escalation = row.getString("escalation");
    return new Marks(
        row.getBoolean("confirm_always"),
        Times.atOrNull(row, "decaying_since"),
        Times.atOrNull(row, "unconfirmed_since"),
        escalation == null
            ? null
            : new Escalation(Reason.valueOf(escalation), Times.at(row, "escalated_at")),
        Times.atOrNull(row, "resumed_at"));
  }
}
