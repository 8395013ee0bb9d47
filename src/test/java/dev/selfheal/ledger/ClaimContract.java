package dev.selfheal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.ledger.ClaimRequest.Rules;
import dev.selfheal.remedy.Attempt;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Attempt.State;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Incident;
import dev.selfheal.remedy.Incident.Closing;
import dev.selfheal.remedy.Incident.Phase;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.PolicyLimits;
import dev.selfheal.remedy.PolicyLimits.FleetLimit;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Situation;
import dev.selfheal.remedy.Situation.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a claim writes down: what was decided, and nothing else. */
abstract class ClaimContract extends LedgerContract {

  @Test
  void aRestartIsWrittenBeforeItIsDone() {
    long incident = hear(firing("a", "1")).incident();
    after(Duration.ofSeconds(5));
    Claim claim = claim("a");
    reopen();
    Entry.OfAttempt entry = attempt(claim.attempt());
    assertThat(claim.decision()).isEqualTo(new Decision.Restart(Mode.ACT, Reason.ALERT_FIRING));
    assertThat(claim.incident()).isEqualTo(incident);
    assertThat(claim.openedAt()).isEqualTo(START);
    assertThat(claim.at()).isEqualTo(clock.instant());
    assertThat(entry.place()).isEqualTo(place("a"));
    assertThat(entry.story())
        .isEqualTo(new Entry.Story("alert_firing", "a note", "receiver-1", "", 0));
    assertThat(entry.attempt())
        .isEqualTo(
            new Attempt(
                claim.attempt(),
                incident,
                Mode.ACT,
                clock.instant(),
                new State.Started(clock.instant().plus(LIMIT))));
    assertThat(incident(incident).phase()).isEqualTo(Phase.ACTING);
  }

  @Test
  void aHoldWritesNothing() {
    hear(firing("a", "1"));
    started("a");
    List<Entry.OfIncident> before = ledger.incidents(ALL);
    after(Duration.ofMinutes(1));
    assertThat(claim("a").decision())
        .isEqualTo(new Decision.Hold(START.plus(LIMIT), Reason.ATTEMPT_RUNNING));
    assertThat(claim("a").attempt()).isZero();
    assertThat(ledger.attempts(ALL)).hasSize(1);
    assertThat(ledger.incidents(ALL)).isEqualTo(before);
  }

  @Test
  void aClaimWithoutAnIncidentWritesNothing() {
    Claim claim = claim("a");
    assertThat(claim.decision()).isEqualTo(new Decision.Nothing(Reason.NO_INCIDENT));
    assertThat(claim.incident()).isZero();
    assertThat(ledger.incidents(ALL)).isEmpty();
  }

  @Test
  void anEscalationIsWrittenOnceAndOutlastsTheReceiver() {
    long incident = hear(firing("a", "1")).incident();
    for (int i = 0; i < 3; i++) {
      triesInVain("a", Question.ROUTINE);
    }
    Claim first = claim("a");
    after(Duration.ofMinutes(1));
    reopen();
    assertThat(first.decision()).isEqualTo(new Decision.Escalate(Reason.THREE_FAILURES));
    assertThat(claim("a").decision())
        .isEqualTo(new Decision.Hold(Decision.NO_END, Reason.ESCALATED));
    assertThat(incident(incident).escalation())
        .contains(new Incident.Escalation(Reason.THREE_FAILURES, first.at()));
  }

  @Test
  void anIncidentWhoseAlertsAreOverCloses() {
    long incident = hear(firing("a", "1")).incident();
    hear(resolved("a", "1"));
    after(Duration.ofSeconds(3));
    assertThat(claim("a").incident()).isEqualTo(incident);
    assertThat(entry(incident).closed())
        .contains(new Entry.Closed(Closing.RESOLVED, clock.instant()));
    assertThat(ledger.openIncidents()).isEmpty();
  }

  @Test
  void anIncidentOfARemovedTargetClosesOnceItsAttemptHasEnded() {
    long incident = hear(firing("a", "1")).incident();
    long attempt = started("a");
    ClaimRequest request = request("a", Question.ROUTINE);
    ClaimRequest gone =
        new ClaimRequest(
            request.place(),
            new Rules(false, Mode.ACT, 9, null),
            request.question(),
            request.terms());
    assertThat(ledger.claim(gone, policy).decision().reason()).isEqualTo(Reason.ATTEMPT_RUNNING);
    settle(attempt, Outcome.NOT_RECOVERED);
    assertThat(ledger.claim(gone, policy).decision().reason()).isEqualTo(Reason.TARGET_REMOVED);
    assertThat(entry(incident).closed()).map(Entry.Closed::how).contains(Closing.TARGET_REMOVED);
  }

  @Test
  void aSituationIsLookedAtWithoutAnyChange() {
    hear(firing("a", "1"));
    hear(resolved("a", "1"));
    List<Entry.OfIncident> before = ledger.incidents(ALL);
    Situation situation = ledger.situation(request("a", Question.ROUTINE), policy);
    assertThat(policy.decide(situation, clock.instant()).reason()).isEqualTo(Reason.ALERT_RESOLVED);
    assertThat(ledger.incidents(ALL)).isEqualTo(before);
  }

  @Test
  void historyIsWhatTheWindowsHoldAndWhatTheIncidentHolds() {
    hear(firing("a", "1"));
    long ofOpenIncident = started("a");
    settle(ofOpenIncident, Outcome.NOT_RECOVERED);
    hear(firing("b", "2"));
    settle(started("b"), Outcome.NOT_RECOVERED);
    hear(resolved("b", "2"));
    claim("b");
    after(Duration.ofHours(24));
    assertThat(history("a")).containsExactly(ofOpenIncident);
    assertThat(history("b")).isEmpty();
  }

  private List<Long> history(String target) {
    return ledger.situation(request(target, Question.ROUTINE), policy).history().stream()
        .map(Attempt::id)
        .toList();
  }

  @Test
  void theCooldownCountsFromTheEndEvenOfAnAttemptOlderThanEveryWindow() {
    FleetLimit fleet = new FleetLimit(1, 1, Duration.ofSeconds(1));
    policy =
        new RemediationPolicy(
            new PolicyLimits(
                List.of(), LIMITS.cooldown(), LIMITS.settle(), LIMITS.confirmAfter(), fleet));
    hear(firing("a", "1"));
    long attempt = started("a");
    after(Duration.ofMinutes(10));
    settle(attempt, Outcome.NOT_RECOVERED);
    hear(resolved("a", "1"));
    claim("a");
    hear(firing("a", "2"));
    assertThat(claim("a").decision())
        .isEqualTo(new Decision.Hold(clock.instant().plusSeconds(60), Reason.COOLDOWN));
  }

  @Test
  void theFleetIsSeenFromEveryTarget() {
    policy = policyWithFleet(new FleetLimit(2, 0.2, Duration.ofMinutes(10)));
    List.of("a", "b", "c").forEach(target -> hear(firing(target, target)));
    long first = started("a");
    started("b");
    assertThat(claim("c").decision().reason()).isEqualTo(Reason.FLEET_BUSY);
    settle(first, Outcome.NOT_RECOVERED);
    assertThat(claim("c").decision())
        .isEqualTo(new Decision.Hold(START.plusSeconds(600), Reason.FLEET_SHARE));
  }

  @Test
  void whatTouchedNothingSpendsNothingOfTheFleetsShare() {
    policy = policyWithFleet(new FleetLimit(2, 0.1, Duration.ofMinutes(10)));
    hear(firing("a", "1"));
    hear(firing("b", "2"));
    Result untouched = Result.untouched(Reason.COMMAND_NOT_STARTED);
    assertThat(ledger.settle(started("a"), untouched, "")).isTrue();
    started("b");
  }

  private static RemediationPolicy policyWithFleet(FleetLimit fleet) {
    return new RemediationPolicy(
        new PolicyLimits(
            LIMITS.budgets(), LIMITS.cooldown(), LIMITS.settle(), LIMITS.confirmAfter(), fleet));
  }

  @Test
  void aClockSetFarBackHoldsAndTellsUntilItIsRight() {
    long incident = hear(firing("a", "1")).incident();
    triesInVain("a", Question.ROUTINE);
    clock.set(START.minus(Duration.ofHours(1)));
    assertThat(claim("a").decision().reason()).isEqualTo(Reason.CLOCK_AHEAD);
    assertThat(incident(incident).escalation())
        .map(Incident.Escalation::reason)
        .contains(Reason.CLOCK_AHEAD);
    clock.set(START.plus(Duration.ofMinutes(2)));
    started("a");
    assertThat(incident(incident).escalation()).isEmpty();
  }

  @Test
  void aClockSetBackALittleDoesNotShortenTheCooldown() {
    hear(firing("a", "1"));
    settle(started("a"), Outcome.NOT_RECOVERED);
    Instant end = clock.instant();
    after(Duration.ofMinutes(-4));
    assertThat(claim("a").decision())
        .isEqualTo(new Decision.Hold(end.plusSeconds(60), Reason.COOLDOWN));
  }
}
