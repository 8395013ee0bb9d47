package dev.selfheal.ledger;

import dev.selfheal.remedy.Attempt;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Incident.Phase;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Writes down how attempts ended, within one transaction. */
final class Settling {

  private static final Instant EVER = Instant.ofEpochMilli(Long.MAX_VALUE);

  private Settling() {}

  /** False, and nothing is changed, if the attempt does not run. */
  static boolean settle(Handle h, long id, Settlement settlement, Instant now) {
    Optional<Entry.OfAttempt> running =
        AttemptRows.find(h, id).filter(entry -> entry.attempt().running());
    return running.isPresent() && write(h, running.get(), settlement, now);
  }

  /** Ends what is past its deadline: abandoned if it ran, expired if it waited. */
  static List<Entry.OfAttempt> endDue(Handle h, Instant now) {
    return AttemptRows.unsettled(h, now).stream()
        .map(
            entry ->
                entry.attempt().running()
                    ? abandon(h, entry, Reason.DEADLINE_PASSED, now)
                    : expire(h, entry, Reason.APPROVAL_EXPIRED, now))
        .toList();
  }

  /** Ends what runs, because nobody is left who could. */
  static List<Entry.OfAttempt> endRunning(Handle h, Instant now) {
    return AttemptRows.unsettled(h, EVER).stream()
        .filter(entry -> entry.attempt().running())
        .map(entry -> abandon(h, entry, Reason.RECEIVER_DIED, now))
        .toList();
  }

  /** Ends an attempt that nobody has approved. */
  static Entry.OfAttempt expire(Handle h, Entry.OfAttempt entry, Reason reason, Instant now) {
    return end(h, entry, Result.of(Outcome.EXPIRED, reason), now);
  }

  private static Entry.OfAttempt abandon(
      Handle h, Entry.OfAttempt entry, Reason reason, Instant now) {
    return end(h, entry, Result.of(Outcome.ABANDONED, reason), now);
  }

  private static Entry.OfAttempt end(Handle h, Entry.OfAttempt entry, Result result, Instant now) {
    write(h, entry, new Settlement(result, result.reason().sentence()), now);
    return AttemptRows.find(h, entry.attempt().id()).orElse(entry);
  }

  private static boolean write(
      Handle h, Entry.OfAttempt entry, Settlement settlement, Instant now) {
    Attempt attempt = entry.attempt();
    Result result = settlement.result();
    if (!AttemptRows.settle(h, attempt, settlement, now)) {
      return false;
    }
    PairRows.resolveManual(h, attempt.incident());
    if (attempt.mode() == Mode.ACT) {
      if (result.outcome() == Outcome.RECOVERED) {
        IncidentRows.decay(h, attempt.incident(), now);
      } else {
        IncidentRows.phase(h, attempt.incident(), Phase.OPEN);
      }
    }
    remember(h, entry, result, now);
    return true;
  }

  /** What the next decisions about this actuator must know. */
  private static void remember(Handle h, Entry.OfAttempt entry, Result result, Instant now) {
    String actuator = entry.place().actuator();
    if (result.outcome() == Outcome.ABANDONED) {
      Unsighted.begin(h, actuator, entry.attempt().id(), now);
    } else if (result.reason() == Reason.EXTERNAL_RESTART) {
      PauseRows.seeExternalRestart(h, actuator, now);
    }
  }
}
