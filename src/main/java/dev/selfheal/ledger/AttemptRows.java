package dev.selfheal.ledger;

import dev.selfheal.ledger.News.Place;
import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Attempt;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Attempt.State;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Fleet;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of attempts. */
final class AttemptRows {

  /** Without the evidence, which is long. */
  private static final String COLUMNS =
      "id, incident, actuator, target, mode, action, cause, note, holder, state, started_at, due_at,"
          + " settled_at, outcome, reason, spends, report, drill";

  private AttemptRows() {}

  /**
   * An attempt to be written.
   *
   * @param state {@code STARTED} or {@code AWAITING_APPROVAL}
   * @param due its deadline, or the end of the wait for approval
   */
  record Fresh(long incident, Decision.Restart decision, String state, Instant due) {}

  /**
   * The start of an attempt that was written down before.
   *
   * @param due its deadline
   * @param action what it does, which may be less than what was put before the operator
   */
  record Start(long incident, Instant due, Action action) {}

  static long insert(Handle h, ClaimRequest request, Fresh fresh, Instant now) {
    return h.createUpdate(
            "insert into attempt (incident, actuator, target, mode, action, cause, note, holder,"
                + " state, started_at, due_at, drill) values (:incident, :actuator, :target, :mode,"
                + " :action, :cause, :note, :holder, :state, :now, :due, :drill)")
        .bind("incident", fresh.incident())
        .bind("actuator", request.place().actuator())
        .bind("target", request.place().target())
        .bind("mode", fresh.decision().mode().name())
        .bind("action", fresh.decision().action().name())
        .bind("cause", fresh.decision().reason().label())
        .bind("note", request.terms().note())
        .bind("holder", request.terms().holder())
        .bind("state", fresh.state())
        .bind("now", now.toEpochMilli())
        .bind("due", fresh.due().toEpochMilli())
        .bind("drill", DrillRows.underWay(h, request.place().actuator(), now))
        .executeAndReturnGeneratedKeys("id")
        .mapTo(Long.class)
        .one();
  }

  /**
   * Starts the attempt that waits for approval; empty if none does.
   *
   * @param start the incident and the deadline it is to have
   */
  static Optional<Long> startWaiting(Handle h, ClaimRequest request, Start start, Instant now) {
    return h.createQuery(
            "update attempt set state = 'STARTED', mode = 'ACT', started_at = :now, due_at = :due,"
                + " incident = :incident, holder = :holder, action = :action where actuator = :actuator"
                + " and state = 'AWAITING_APPROVAL' and due_at > :now returning id")
        .bind("now", now.toEpochMilli())
        .bind("incident", start.incident())
        .bind("due", start.due().toEpochMilli())
        .bind("action", start.action().name())
        .bind("holder", request.terms().holder())
        .bind("actuator", request.place().actuator())
        .mapTo(Long.class)
        .findOne();
  }

  /** Settles an attempt; false if its state is not what the caller has seen. */
  static boolean settle(Handle h, Attempt seen, Settlement settlement, Instant now) {
    Result result = settlement.result();
    return h.createUpdate(
                "update attempt set state = 'SETTLED', settled_at = :now, outcome = :outcome,"
                    + " reason = :reason, spends = :spends, report = :report,"
                    + " evidence = :evidence"
                    + " where id = :id and state = :seen")
            .bind("now", now.toEpochMilli())
            .bind("outcome", result.outcome().name())
            .bind("reason", result.reason().name())
            .bind("spends", result.spends())
            .bind("report", settlement.report())
            .bind("evidence", settlement.evidence())
            .bind("id", seen.id())
            .bind("seen", seen.running() ? "STARTED" : "AWAITING_APPROVAL")
            .execute()
        == 1;
  }

  /**
   * Newest first: those that started or ended after {@code since}, those of the incident, and
   * unsettled ones.
   */
  static List<Attempt> history(Handle h, String actuator, long incident, Instant since) {
    return h.createQuery(
            "select "
                + COLUMNS
                + " from attempt where actuator = :actuator and (started_at > :since"
                + " or settled_at > :since or incident = :incident or state <> 'SETTLED')"
                + " order by id desc")
        .bind("actuator", actuator)
        .bind("since", since.toEpochMilli())
        .bind("incident", incident)
        .map((row, context) -> attempt(row))
        .list();
  }

  static List<Fleet.Start> fleet(Handle h, Duration window, Instant now) {
    return h.createQuery(
            "select actuator, started_at, state, due_at from attempt where mode <> 'OBSERVE'"
                + " and spends = 1 and state <> 'AWAITING_APPROVAL' and started_at > :since"
                + " union select actuator, started_at, state, due_at from attempt"
                + " where state = 'STARTED'")
        .bind("since", now.minus(window).toEpochMilli())
        .map(
            (row, context) ->
                new Fleet.Start(
                    row.getString("actuator"),
                    Times.at(row, "started_at"),
                    row.getString("state").equals("STARTED"),
                    Times.at(row, "due_at")))
        .list();
  }

  static Optional<Entry.OfAttempt> find(Handle h, long id) {
    return h.createQuery("select " + COLUMNS + " from attempt where id = :id")
        .bind("id", id)
        .map((row, context) -> entry(h, row))
        .findOne();
  }

  /** Attempts that have not ended and are due at that time or before. */
  static List<Entry.OfAttempt> unsettled(Handle h, Instant due) {
    return h.createQuery(
            "select " + COLUMNS + " from attempt where state <> 'SETTLED' and due_at <= :due")
        .bind("due", due.toEpochMilli())
        .map((row, context) -> entry(h, row))
        .list();
  }

  /** Attempts on this actuator that wait for approval. */
  static List<Entry.OfAttempt> waiting(Handle h, String actuator) {
    return h.createQuery(
            "select "
                + COLUMNS
                + " from attempt where actuator = :actuator and state = 'AWAITING_APPROVAL'")
        .bind("actuator", actuator)
        .map((row, context) -> entry(h, row))
        .list();
  }

  static List<Entry.OfAttempt> newestFirst(Handle h, Query query) {
    return h.createQuery(
            "select "
                + COLUMNS
                + " from attempt where (:actuator is null or actuator = :actuator)"
                + " and (:openOnly = 0 or state <> 'SETTLED') order by id desc limit :limit")
        .bind("actuator", query.actuatorOrNull())
        .bind("openOnly", query.openOnly() ? 1 : 0)
        .bind("limit", query.limit())
        .map((row, context) -> entry(h, row))
        .list();
  }

  static String evidence(Handle h, long attempt) {
    return h.createQuery("select evidence from attempt where id = :id")
        .bind("id", attempt)
        .mapTo(String.class)
        .findOne()
        .orElse("");
  }

  static int forgetEvidence(Handle h, Instant before) {
    return h.createUpdate(
            "update attempt set evidence = '' where evidence <> '' and settled_at < :before")
        .bind("before", before.toEpochMilli())
        .execute();
  }

  static void remark(Handle h, long attempt, String text, Instant now) {
    h.execute(
        "insert into attempt_remark (attempt, at, text) values (?, ?, ?)",
        attempt,
        now.toEpochMilli(),
        text);
  }

  private static Entry.OfAttempt entry(Handle h, ResultSet row) throws SQLException {
    long id = row.getLong("id");
    List<String> remarks =
        h.createQuery("select text from attempt_remark where attempt = :id order by id")
            .bind("id", id)
            .mapTo(String.class)
            .list();
    return new Entry.OfAttempt(
        new Place(row.getString("target"), row.getString("actuator")),
        attempt(row),
        new Entry.Story(
            row.getString("cause"),
            row.getString("note"),
            row.getString("holder"),
            row.getString("report"),
            row.getLong("drill")),
        remarks);
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    return new Attempt(
        row.getLong("id"),
        row.getLong("incident"),
        Mode.valueOf(row.getString("mode")),
        Times.at(row, "started_at"),
        state(row),
        Action.valueOf(row.getString("action")));
  }

  private static State state(ResultSet row) throws SQLException {
    return switch (row.getString("state")) {
      case "STARTED" -> new State.Started(Times.at(row, "due_at"));
      case "AWAITING_APPROVAL" -> new State.AwaitingApproval(Times.at(row, "due_at"));
      default ->
          new State.Settled(
              Times.at(row, "settled_at"),
              new Result(
                  Outcome.valueOf(row.getString("outcome")),
                  Reason.valueOf(row.getString("reason")),
                  row.getBoolean("spends")));
    };
  }
}
