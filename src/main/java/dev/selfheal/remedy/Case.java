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

  /** Times of the ledger that lie further ahead than this show that a clock is wrong. */
  static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  /** How often somebody is asked again who could not say before. */
  static final Duration ASK_AGAIN = Duration.ofMinutes(1);

  /** A time of the ledger; one that lies ahead counts as just now. */
  Instant seen(Instant ledgerTime) {
    return ledgerTime.isAfter(now) ? now : ledgerTime;
  }

  boolean manual() {
    return situation.question().trigger() == Trigger.MANUAL;
  }

  boolean observing() {
    return situation.standing().mode() == Mode.OBSERVE;
  }

  /** Attempts that count in the present mode: observed ones count only while observing. */
  Stream<Attempt> counted() {
    return situation.history().stream()
        .filter(attempt -> (attempt.mode() == Mode.OBSERVE) == observing());
  }

  Optional<Attempt> running() {
    return situation.history().stream().filter(Attempt::running).findFirst();
  }

  Optional<AwaitingApproval> awaiting() {
    return situation.history().stream()
        .map(Attempt::state)
        .filter(AwaitingApproval.class::isInstance)
        .map(AwaitingApproval.class::cast)
        .findFirst();
  }

  /** Times that this receiver's host wrote down, and that should lie in the past. */
  Stream<Instant> ledgerTimes() {
    Stream<Instant> attempts =
        situation.history().stream()
            .flatMap(a -> Stream.concat(Stream.of(a.startedAt()), a.endedAt().stream()));
    Stream<Instant> news =
        situation.incident().stream().flatMap(i -> Stream.of(i.openedAt(), i.lastHeard()));
    return Stream.concat(attempts, news);
  }

  Optional<Attempt> lastEnded() {
    return counted().filter(attempt -> attempt.endedAt().isPresent()).findFirst();
  }

  /** Ended attempts of the open incident since an operator last resumed, newest first. */
  List<Outcome> outcomesOfIncident() {
    if (situation.incidentOrNull() == null) {
      return List.of();
    }
    Incident incident = situation.incidentOrNull();
    Instant since =
        Optional.ofNullable(incident.marks().resumedAtOrNull()).orElse(Instant.MIN);
    return counted()
        .filter(a -> a.incident() == incident.id() && !a.startedAt().isBefore(since))
        .flatMap(attempt -> attempt.result().stream())
        .map(Attempt.Result::outcome)
        .toList();
  }

  /** When the decay after a proven recovery ends; empty if the incident does not decay. */
  Optional<Instant> decayEnds() {
    return situation
        .incident()
        .filter(incident -> incident.phase() == Phase.DECAYING)
        .map(incident -> Optional.ofNullable(incident.marks().decayingSinceOrNull()).orElse(now))
        .map(since -> seen(since).plus(limits.settle()));
  }

  /** Whether a proven recovery is fresh, so that no further restart is wanted yet. */
  boolean decaying() {
    return decayEnds().filter(now::isBefore).isPresent();
  }
}
