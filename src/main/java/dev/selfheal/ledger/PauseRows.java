package dev.selfheal.ledger;

import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Pause;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables of what keeps automatic action off a target: operators' orders, others' restarts. */
final class PauseRows {

  private PauseRows() {}

  static void set(Handle h, String scope, Pause pause, Instant now) {
    h.createUpdate(
            "insert into pause (scope, until, reason, since) values (:scope, :until, :reason,"
                + " :now) on conflict (scope) do update set until = excluded.until,"
                + " reason = excluded.reason, since = excluded.since")
        .bind("scope", scope)
        .bind("until", Times.endless(pause.until()))
        .bind("reason", pause.reason())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  static void clear(Handle h, String scope) {
    h.execute("delete from pause where ? in ('*', scope)", scope);
  }

  /** Of the pauses that hold now, on this actuator or on all, the one that lasts longest. */
  static Optional<Pause> longest(Handle h, String actuator, Instant now) {
    return of(h, List.of(actuator, Ledger.EVERYTHING), now);
  }

  /** Of the pauses of these scopes that hold now, the one that lasts longest. */
  static Optional<Pause> of(Handle h, List<String> scopes, Instant now) {
    return h
        .createQuery("select until, reason from pause where scope in (<scopes>)")
        .bindList("scopes", scopes)
        .map(
            (row, context) ->
                new Pause(
                    Optional.ofNullable(Times.atOrNull(row, "until")).orElse(Decision.NO_END),
                    row.getString("reason")))
        .list()
        .stream()
        .filter(pause -> pause.holdsAt(now))
        .max(Comparator.comparing(Pause::until));
  }

  static void seeExternalRestart(Handle h, String actuator, Instant at) {
    h.createUpdate(
            "insert into external_restart (actuator, at) values (:actuator, :at)"
                + " on conflict (actuator) do update set at = max(at, excluded.at)")
        .bind("actuator", actuator)
        .bind("at", at.toEpochMilli())
        .execute();
  }

  static Optional<Instant> externalRestart(Handle h, String actuator) {
    return h.createQuery("select at from external_restart where actuator = :actuator")
        .bind("actuator", actuator)
        .map((row, context) -> Times.at(row, "at"))
        .findOne();
  }
}
