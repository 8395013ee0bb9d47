package dev.selfheal.ledger;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Forgets what ended long ago. No row that an open incident needs goes. */
final class Pruning {

  private static final String CLOSED_LONG_AGO =
      "(select id from incident where phase = 'CLOSED' and closed_at < :before)";

  private static final List<String> STEPS =
      List.of(
          "delete from unsighted where attempt in (select id from attempt where"
              + " settled_at < :before and incident in "
              + CLOSED_LONG_AGO
              + ")",
          "delete from attempt_remark where attempt in (select id from attempt where"
              + " settled_at < :before and incident in "
              + CLOSED_LONG_AGO
              + ")",
          "delete from attempt where settled_at < :before and incident in " + CLOSED_LONG_AGO,
          "delete from pair where last_heard < :before and (incident is null or incident in "
              + CLOSED_LONG_AGO
              + ")",
          "delete from incident where id in "
              + CLOSED_LONG_AGO
              + " and not exists (select 1 from attempt where attempt.incident = incident.id)"
              + " and not exists (select 1 from pair where pair.incident = incident.id)",
          "delete from probe where heard_at < :before",
          // The last of each actuator stays: that there was one at all is what an alert asks for.
          "delete from drill where due_at < :before and exists (select 1 from drill as later where"
              + " later.actuator = drill.actuator and later.id > drill.id)");

  private Pruning() {}

  static int prune(Handle h, Instant before) {
    return STEPS.stream()
        .mapToInt(step -> h.createUpdate(step).bind("before", before.toEpochMilli()).execute())
        .sum();
  }
}
