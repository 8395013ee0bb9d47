package dev.selfheal.ledger;

import dev.selfheal.remedy.Attempt;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Incident.Phase;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Writes down how an attempt ended, within one transaction. */
final class Settling {

  private Settling() {}

  /** False, and nothing is changed, if the attempt does not exist or was settled before. */
  static boolean settle(Handle h, long id, Result result, String report, Instant now) {
    Attempt attempt = AttemptRows.find(h, id).map(Entry.OfAttempt::attempt).orElse(null);
    if (attempt == null || !AttemptRows.settle(h, id, result, report, now)) {
      return false;
    }
    if (attempt.mode() == Mode.ACT && attempt.running()) {
      PairRows.resolveManual(h, attempt.incident());
      if (result.outcome() == Outcome.RECOVERED) {
        IncidentRows.decay(h, attempt.incident(), now);
      } else {
        IncidentRows.phase(h, attempt.incident(), Phase.OPEN);
      }
    }
    return true;
  }
}
