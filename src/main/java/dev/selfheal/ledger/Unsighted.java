package dev.selfheal.ledger;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of actuators of which nobody knows what their last attempt did. */
final class Unsighted {

  private Unsighted() {}

  static void begin(Handle h, String actuator, long attempt, Instant now) {
    h.execute(
        "insert into unsighted (actuator, attempt, since) values (?, ?, ?)"
            + " on conflict (actuator) do update set attempt = excluded.attempt",
        actuator,
        attempt,
        now.toEpochMilli());
  }

  /** Since when; empty if it is known. */
  static Optional<Instant> since(Handle h, String actuator) {
    return h.createQuery("select since from unsighted where actuator = :actuator")
        .bind("actuator", actuator)
        .map((row, context) -> Times.at(row, "since"))
        .findOne();
  }

  /** The attempt that it is known of from now on. */
  static Optional<Long> end(Handle h, String actuator) {
    return h.createQuery("delete from unsighted where actuator = :actuator returning attempt")
        .bind("actuator", actuator)
        .mapTo(Long.class)
        .findOne();
  }
}
