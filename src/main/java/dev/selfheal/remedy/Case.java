package dev.selfheal.remedy;

import dev.selfheal.remedy.Attempt.State.AwaitingApproval;
import dev.selfheal.remedy.Incident.Phase;
import dev.selfheal.remedy.Situation.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A situation at a moment, with the words that the rules of the policy are written in. */
record Case(Situation situation, Instant now, PolicyLimits limits) {

  /** How often somebody is asked again who could not say before. */
  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

  /** A time of the ledger; one that lies ahead counts as just now. */
  Instant seen(Instant ledgerTime) {
    return ledgerTime.isAfter(now) ? now : ledgerTime;
  }

  /** When somebody who could not say is asked again. */
  Instant askAgain() {
    return now.plus(ASK_AGAIN);
  }

  boolean manual() {
    return situation.question().trigger() == Trigger.MANUAL;
  }

  boolean approval() {
    return situation.question().trigger() == Trigger.APPROVAL;
  }

  boolean observing() {
    return situation.standing().mode() == Mode.OBSERVE;
  }

  /**
   * When something ends that lasts so long from a ledger's time; empty if it is over. The end is
   * exact, so that a hold until then is not looked at too early when the clock was set back.
   */
  Optional<Instant> ends(Instant ledgerTime, Duration lasting) {
    return Optional.of(ledgerTime.plus(lasting))
        .filter(end -> now.isBefore(seen(ledgerTime).plus(lasting)));
  }

  /** Attempts made in the present mode: observed ones matter only while observing. */
  private Stream<Attempt> ofThisMode() {
    return situation.history().stream()
        .filter(attempt -> (attempt.mode() == Mode.OBSERVE) == observing());
  }

  /** Attempts that count towards budget and cooldown; while observing only OBSERVED ones do. */
  Stream<Attempt> counted() {
    return ofThisMode().filter(attempt -> !observing() || attempt.endedWith(Outcome.OBSERVED));
  }

  Optional<Attempt> running() {
    return situation.history().stream().filter(Attempt::running).findFirst();
  }

  /**
   * The attempt that an operator may still approve. In another mode than approve there is none: its
   * next claim withdraws what was put before an operator.
   */
  Optional<AwaitingApproval> awaiting() {
    return situation.history().stream()
        .filter(attempt -> situation.standing().mode() == Mode.APPROVE)
        .map(Attempt::state)
        .filter(AwaitingApproval.class::isInstance)
        .map(AwaitingApproval.class::cast)
        .filter(waiting -> now.isBefore(waiting.expires()))
        .findFirst();
  }

  /** Times that the ledger's clock wrote down, and that should lie in the past. */
  Stream<Instant> ledgerTimes() {
    Stream<Instant> attempts =
        situation.history().stream()
            .flatMap(a -> Stream.concat(Stream.of(a.startedAt()), a.endedAt().stream()));
    Stream<Instant> fleet = situation.fleet().starts().stream().map(Fleet.Start::at);
    Stream<Instant> incident = situation.incident().stream().flatMap(Incident::times);
    Stream<Instant> others = Stream.ofNullable(situation.standing().externalRestartOrNull());
    return Stream.of(attempts, fleet, incident, others).flatMap(times -> times);
  }

  /** Ended attempts of the open incident since an operator last resumed, newest first. */
  List<Attempt> endedOfIncident() {
    if (situation.incidentOrNull() == null) {
      return List.of();
    }
    Incident incident = situation.incidentOrNull();
    Instant since = Optional.ofNullable(incident.marks().resumedAtOrNull()).orElse(Instant.MIN);
    return ofThisMode()
        .filter(a -> a.incident() == incident.id() && !a.startedAt().isBefore(since))
        .filter(attempt -> attempt.endedAt().isPresent())
        .toList();
  }

  /** When the last recovery was proven; empty if the incident does not decay. */
  Optional<Instant> decayingSince() {
    return situation
        .incident()
        .filter(incident -> incident.phase() == Phase.DECAYING)
        .map(i -> Optional.ofNullable(i.marks().decayingSinceOrNull()).orElse(i.openedAt()));
  }

  /** When the decay ends; empty if it has ended or never began. */
  Optional<Instant> decayEnds() {
    return decayingSince().flatMap(since -> ends(since, limits.settle()));
  }

  /** Whether a proven recovery is fresh, so that no further restart is wanted yet. */
  boolean decaying() {
    return decayEnds().isPresent();
  }
}
