package dev.selfheal.ledger;

import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import dev.selfheal.ledger.AttemptRows.Fresh;
import dev.selfheal.ledger.AttemptRows.Start;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Attempt.State;
import dev.selfheal.remedy.Confirmation;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Incident;
import dev.selfheal.remedy.Incident.Closing;
import dev.selfheal.remedy.Incident.Phase;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Pair.Source;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Situation;
import dev.selfheal.remedy.Situation.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Decides about one target and writes the decision down, within one transaction. */
final class Claiming {

  private static final Map<Reason, Closing> CLOSINGS =
      Map.of(
          Reason.ALERT_RESOLVED, Closing.RESOLVED,
          Reason.RECOVERY_HELD, Closing.RECOVERED,
          Reason.NOT_CONFIRMED, Closing.EXPIRED,
          Reason.WITHDRAWN, Closing.EXPIRED,
          Reason.TARGET_REMOVED, Closing.TARGET_REMOVED,
          Reason.MANUAL_ENDED, Closing.MANUAL_ENDED);

  private final Handle handle;
  private final ClaimRequest request;
  private final Instant now;
  private final List<Entry.OfAttempt> expired = new ArrayList<>();

  Claiming(Handle handle, ClaimRequest request, Instant now) {
    this.handle = handle;
    this.request = request;
    this.now = now;
  }

  Claim claim(RemediationPolicy policy) {
    withdrawApprovals();
    Situation situation = situation(policy);
    Decision decision =
        approvesAnother(situation)
            ? new Decision.Hold(Decision.NO_END, Reason.APPROVAL_EXPIRED)
            : policy.decide(situation, now);
    OptionalLong attempt = write(situation, decision);
    Optional<Incident> incident =
        IncidentRows.open(handle, request.place().actuator()).or(situation::incident);
    return new Claim(
        decision,
        incident.map(Incident::id).orElse(0L),
        attempt.orElse(0),
        new Claim.When(now, incident.map(Incident::openedAt).orElse(now)),
        expired);
  }

  private Situation situation(RemediationPolicy policy) {
    Situation situation = Situations.load(handle, request, policy, now);
    if (!policy.reopens(situation, now)) {
      return situation;
    }
    Incident reopened = situation.incident().orElseThrow().reopened();
    IncidentRows.reopen(handle, reopened.id());
    return situation.with(reopened);
  }

  /**
   * Ends what was not approved in time, if the sweep has not: two must never wait at once. And what
   * waits though nobody needs to approve any more, or nothing is done even so.
   */
  private void withdrawApprovals() {
    boolean changed = request.rules().configured() && request.rules().mode() != Mode.APPROVE;
    for (Entry.OfAttempt entry : AttemptRows.waiting(handle, request.place().actuator())) {
      State.AwaitingApproval waiting = (State.AwaitingApproval) entry.attempt().state();
      if (!waiting.expires().isAfter(now)) {
        expire(entry, Reason.APPROVAL_EXPIRED);
      } else if (changed) {
        expire(entry, Reason.MODE_CHANGED);
      }
    }
  }

  private void expire(Entry.OfAttempt entry, Reason reason) {
    expired.add(Settling.expire(handle, entry, reason, now));
  }

  /** A consent that comes late must not serve a later attempt. */
  private boolean approvesAnother(Situation situation) {
    long approved = request.terms().approves();
    return approved != 0
        && situation.history().stream()
            .filter(attempt -> attempt.state() instanceof State.AwaitingApproval)
            .anyMatch(attempt -> attempt.id() != approved);
  }

  private OptionalLong write(Situation situation, Decision decision) {
    if (!isAnswered(decision)) {
      situation.incident().ifPresent(incident -> note(situation, incident, decision));
    }
    return decision instanceof Decision.Restart restart
        ? OptionalLong.of(begin(situation, restart))
        : OptionalLong.empty();
  }

  /** Whether the person who asks is told, and nobody else needs to be. */
  private boolean isAnswered(Decision decision) {
    return switch (request.question().trigger()) {
      case MANUAL -> true;
      case APPROVAL -> decision instanceof Decision.Hold;
      case ALERT -> false;
    };
  }

  private void note(Situation situation, Incident incident, Decision decision) {
    Reason reason = decision.reason();
    Closing closing = decision instanceof Decision.Nothing ? CLOSINGS.get(reason) : null;
    if (closing != null) {
      close(incident, closing, reason);
      return;
    }
    if (reason == Reason.UNCONFIRMED) {
      if (situation.question().confirmation() != Confirmation.UNKNOWN) {
        return; // Nobody has been asked yet, so nothing is known that a human should be told.
      }
      IncidentRows.unconfirmed(handle, incident.id(), now);
    }
    boolean observing = situation.standing().mode() == Mode.OBSERVE;
    tell(incident, reason.tellsHuman() && !observing ? reason : null);
  }

  private void close(Incident incident, Closing closing, Reason reason) {
    AttemptRows.waiting(handle, request.place().actuator()).forEach(entry -> expire(entry, reason));
    IncidentRows.close(handle, incident.id(), closing, now);
  }

  /** A latched escalation stays as it is: a lesser one in its place would end with its cause. */
  private void tell(Incident incident, @Nullable Reason reason) {
    Optional<Reason> told = incident.escalation().map(Incident.Escalation::reason);
    if (told.filter(Reason::latches).isPresent() || told.equals(Optional.ofNullable(reason))) {
      return;
    }
    if (reason == null) {
      IncidentRows.calm(handle, incident.id());
    } else {
      IncidentRows.escalate(handle, incident.id(), reason, now);
    }
  }

  private long begin(Situation situation, Decision.Restart restart) {
    long incident = situation.incident().map(Incident::id).orElseGet(this::openForRequest);
    Instant deadline = now.plus(request.terms().limit());
    if (request.question().trigger() == Trigger.APPROVAL) {
      IncidentRows.phase(handle, incident, Phase.ACTING);
      return AttemptRows.startWaiting(
              handle, request, new Start(incident, deadline, restart.action()), now)
          .orElseThrow();
    }
    return switch (restart.mode()) {
      case ACT -> {
        IncidentRows.phase(handle, incident, Phase.ACTING);
        yield insert(new Fresh(incident, restart, "STARTED", deadline));
      }
      case APPROVE ->
          insert(
              new Fresh(
                  incident,
                  restart,
                  "AWAITING_APPROVAL",
                  now.plus(RemediationPolicy.APPROVAL_LIMIT)));
      case OBSERVE -> observe(incident, restart);
    };
  }

  private long observe(long incident, Decision.Restart restart) {
    long id = insert(new Fresh(incident, restart, "STARTED", now));
    Result observed = Result.of(Outcome.OBSERVED, Reason.WOULD_RESTART);
    Settling.settle(handle, id, new Settlement(observed, "nothing was touched"), now);
    return id;
  }

  private long insert(Fresh fresh) {
    return AttemptRows.insert(handle, request, fresh, now);
  }

  /** A request is news of its own: it opens an incident that its attempt closes. */
  private long openForRequest() {
    long incident = IncidentRows.insert(handle, request.place(), false, now);
    AlertKey key = new AlertKey("manual-" + incident, now);
    PairRows.insert(
        handle,
        new News(request.place(), key, AlertStatus.FIRING, Source.MANUAL, null),
        incident,
        now);
    return incident;
  }
}
