package dev.selfheal.ledger;

import dev.selfheal.remedy.RemediationPolicy;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Mends what was written while the clock was ahead. A time that lies further ahead than the policy
 * tolerates becomes the present one, and never an earlier one: what was spent stays spent, from now
 * on for the whole of each window.
 */
final class FutureTimes {

  /** First, while the pairs' own times still show it: nobody knows how old such news are. */
  private static final String SUSPECT =
      "update incident set confirm_always = 1 where phase <> 'CLOSED' and id in"
          + " (select incident from pair where last_heard > :ahead)";

  /** An attempt keeps the time that it has left. */
  private static final String STARTS =
      "update attempt set due_at = due_at - (started_at - :now), started_at = :now"
          + " where started_at > :ahead";

  /** A drill has none left: it was not under way any more when the clock was right again. */
  private static final String DRILLS =
      "update drill set began_at = :now - (due_at - began_at), due_at = :now"
          + " where began_at > :ahead";

  private static final List<String> OTHERS =
      List.of(
          set("drill", "ended_at"),
          set("attempt", "settled_at"),
          set("pair", "last_heard"),
          set("pair", "first_heard"),
          set("incident", "opened_at"),
          set("incident", "closed_at"),
          set("incident", "decaying_since"),
          set("incident", "unconfirmed_since"),
          set("incident", "escalated_at"),
          set("incident", "resumed_at"),
          set("external_restart", "at"));

  private FutureTimes() {}

  private static String set(String table, String column) {
    return "update %1$s set %2$s = :now where %2$s > :ahead".formatted(table, column);
  }

  /** Returns how many times lay ahead. */
  static int mend(Handle h, Instant now) {
    run(h, SUSPECT, now);
    return run(h, STARTS, now)
        + run(h, DRILLS, now)
        + OTHERS.stream().mapToInt(step -> run(h, step, now)).sum();
  }

  /** A moment ago, so that an operator's order of now comes after it. */
  private static int run(Handle h, String step, Instant now) {
    return h.createUpdate(step)
        .bind("now", now.toEpochMilli() - 1)
        .bind("ahead", now.plus(RemediationPolicy.CLOCK_TOLERANCE).toEpochMilli())
        .execute();
  }
}
