package dev.selfheal.remedy;

import dev.selfheal.remedy.Incident.Phase;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules that come first: while one of them applies, nobody is even asked. */
final class GateRules {

  private GateRules() {}

  /** An incident whose alerts are over is closed, but never while an attempt runs. */
  static @Nullable Decision over(Case c) {
    if (c.running().isPresent()) {
      return null;
    }
    Decision removed = removed(c);
    if (removed != null) {
      return removed;
    }
    return c.manual() ? null : overByItself(c);
  }

  static @Nullable Decision removed(Case c) {
    return c.situation().standing().configured()
        ? null
        : new Decision.Nothing(Reason.TARGET_REMOVED);
  }

  private static @Nullable Decision overByItself(Case c) {
    Incident incident = c.situation().incidentOrNull();
    if (incident == null) {
      return new Decision.Nothing(Reason.NO_INCIDENT);
    }
    boolean awaited = incident.awaitsRequest() && c.awaiting().isPresent();
    return awaited || !incident.firing(c.now()).isEmpty()
        ? null
        : new Decision.Nothing(ending(incident, c.now()));
  }

  private static Reason ending(Incident incident, Instant now) {
    if (incident.pairs().isEmpty() || incident.anyWithdrawn(now)) {
      return Reason.WITHDRAWN;
    }
    if (incident.phase() == Phase.DECAYING) {
      return Reason.RECOVERY_HELD;
    }
    return incident.requested() ? Reason.MANUAL_ENDED : Reason.ALERT_RESOLVED;
  }

  static @Nullable Decision paused(Case c) {
    return Optional.ofNullable(c.situation().standing().pauseOrNull())
        .filter(pause -> pause.holdsAt(c.now()))
        .map(pause -> new Decision.Hold(pause.until(), Reason.PAUSED))
        .orElse(null);
  }

  /** In mode approve only what was approved is done; in mode observe nothing is, whoever asked. */
  static @Nullable Decision modeChanged(Case c) {
    boolean allowed =
        switch (c.situation().standing().mode()) {
          case ACT -> true;
          case APPROVE -> c.approval();
          case OBSERVE -> false;
        };
    return allowed ? null : new Decision.Hold(Decision.NO_END, Reason.MODE_CHANGED);
  }

  /** A host without a battery clock must neither refill a budget nor hang for ever in silence. */
  static @Nullable Decision clockAhead(Case c) {
    return c.ledgerTimes()
        .max(Comparator.naturalOrder())
        .map(latest -> latest.minus(RemediationPolicy.CLOCK_TOLERANCE))
        .filter(c.now()::isBefore)
        .map(passed -> new Decision.Hold(sooner(passed, c.askAgain()), Reason.CLOCK_AHEAD))
        .orElse(null);
  }

  private static Instant sooner(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  static @Nullable Decision running(Case c) {
    return c.running()
        .map(attempt -> ((Attempt.State.Started) attempt.state()).deadline())
        .map(deadline -> deadline.isAfter(c.now()) ? deadline : c.now().plusSeconds(1))
        .map(until -> new Decision.Hold(until, Reason.ATTEMPT_RUNNING))
        .orElse(null);
  }

  /** Never a second restart while nobody knows whether the first one happened. */
  static @Nullable Decision outcomeUnknown(Case c) {
    return c.situation().standing().unsightedSinceOrNull() == null
        ? null
        : new Decision.Hold(c.askAgain(), Reason.OUTCOME_UNKNOWN);
  }

  static @Nullable Decision awaitingApproval(Case c) {
    if (c.approval()) {
      return c.awaiting().isPresent()
          ? null
          : new Decision.Hold(Decision.NO_END, Reason.APPROVAL_EXPIRED);
    }
    return c.awaiting()
        .map(waiting -> new Decision.Hold(waiting.expires(), Reason.AWAITING_APPROVAL))
        .orElse(null);
  }
}
