package dev.selfheal.ledger;

import dev.selfheal.ledger.News.Place;
import dev.selfheal.remedy.Drill;
import dev.selfheal.remedy.RemediationPolicy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of drills. */
final class DrillRows {

  private static final String COLUMNS =
      "id, actuator, target, began_at, due_at, ended_at, passed, took_ms, verdict";

  /** What begins only in the future was written while the clock was ahead. */
  private static final String UNDER_WAY =
      "ended_at is null and due_at > :now and began_at <= :now + "
          + RemediationPolicy.CLOCK_TOLERANCE.toMillis();

  private DrillRows() {}

  static OptionalLong begin(Handle h, Place place, Duration limit, Instant now) {
    if (underWay(h, place.actuator(), now) != 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        h.createUpdate(
                "insert into drill (actuator, target, began_at, due_at) values (:actuator, :target,"
                    + " :now, :due)")
            .bind("actuator", place.actuator())
            .bind("target", place.target())
            .bind("now", now.toEpochMilli())
            .bind("due", now.plus(limit).toEpochMilli())
            .executeAndReturnGeneratedKeys("id")
            .mapTo(Long.class)
            .one());
  }

  /** Ends what is under way: whoever held it is gone, or is about to be told so. */
  static void supersede(Handle h, String actuator, Instant now) {
    h.createUpdate(
            "update drill set ended_at = :now, passed = 0, took_ms = :now - began_at,"
                + " verdict = 'another drill was begun' where actuator = :actuator and "
                + UNDER_WAY)
        .bind("now", now.toEpochMilli())
        .bind("actuator", actuator)
        .execute();
  }

  static boolean end(Handle h, long drill, Drill.Verdict verdict, Instant now) {
    return h.createUpdate(
                "update drill set ended_at = :now, passed = :passed, took_ms = :took,"
                    + " verdict = :verdict where id = :id and "
                    + UNDER_WAY)
            .bind("now", now.toEpochMilli())
            .bind("passed", verdict.passed())
            .bind("took", verdict.took().toMillis())
            .bind("verdict", verdict.words())
            .bind("id", drill)
            .execute()
        == 1;
  }

  /** The drill that an actuator is frozen by now; 0 if by none. */
  static long underWay(Handle h, String actuator, Instant now) {
    return h.createQuery("select id from drill where actuator = :actuator and " + UNDER_WAY)
        .bind("actuator", actuator)
        .bind("now", now.toEpochMilli())
        .mapTo(Long.class)
        .findFirst()
        .orElse(0L);
  }

  static List<Entry.OfDrill> newestFirst(Handle h, Query query, Instant now) {
    return h.createQuery(
            "select "
                + COLUMNS
                + " from drill where (:actuator is null or actuator = :actuator)"
                + " and (:openOnly = 0 or ("
                + UNDER_WAY
                + ")) order by id desc limit :limit")
        .bind("actuator", query.actuatorOrNull())
        .bind("openOnly", query.openOnly() ? 1 : 0)
        .bind("now", now.toEpochMilli())
        .bind("limit", query.limit())
        .map((row, context) -> entry(row))
        .list();
  }

  static List<Entry.OfDrill> last(Handle h, Instant now) {
    return h.createQuery(
            "select "
                + COLUMNS
                + " from drill where id in (select max(id) from drill where ended_at is not null"
                + " or due_at <= :now group by actuator)")
        .bind("now", now.toEpochMilli())
        .map((row, context) -> entry(row))
        .list();
  }

  private static Entry.OfDrill entry(ResultSet row) throws SQLException {
    return new Entry.OfDrill(
        new Place(row.getString("target"), row.getString("actuator")),
        new Drill(
            row.getLong("id"), Times.at(row, "began_at"), Times.at(row, "due_at"), ended(row)));
  }

  private static Drill.@Nullable Ended ended(ResultSet row) throws SQLException {
    Instant at = Times.atOrNull(row, "ended_at");
    return at == null
        ? null
        : new Drill.Ended(
            at,
            new Drill.Verdict(
                row.getBoolean("passed"),
                Duration.ofMillis(row.getLong("took_ms")),
                row.getString("verdict")));
  }
}
