package dev.selfheal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Attempt;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Attempt.State;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Incident;
import dev.selfheal.remedy.Incident.Closing;
import dev.selfheal.remedy.Incident.Phase;
import dev.selfheal.remedy.Ladder;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Pair;
import dev.selfheal.remedy.Pause;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Situation.Question;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a claim writes down for a person's request, for an approval, and in observe mode. */
abstract class ModesContract extends LedgerContract {

  @Test
  void observeModeRecordsWhatItWouldHaveDone() {
    mode = Mode.OBSERVE;
    long incident = hear(firing("a", "1")).incident();
    long attempt = started("a");
    assertThat(attempt(attempt).attempt().result())
        .contains(Result.of(Outcome.OBSERVED, Reason.WOULD_RESTART));
    assertThat(incident(incident).phase()).isEqualTo(Phase.OPEN);
    assertThat(claim("a").decision().reason()).isEqualTo(Reason.COOLDOWN);
  }

  @Test
  void anApprovedAttemptStartsAnew() {
    mode = Mode.APPROVE;
    long incident = hear(firing("a", "1")).incident();
    Claim asked = claim("a");
    assertThat(attempt(asked.attempt()).attempt().state())
        .isEqualTo(new State.AwaitingApproval(START.plus(RemediationPolicy.APPROVAL_LIMIT)));
    assertThat(incident(incident).phase()).isEqualTo(Phase.OPEN);
    after(Duration.ofMinutes(5));
    assertThat(claim("a").decision().reason()).isEqualTo(Reason.AWAITING_APPROVAL);
    assertThat(started("a", APPROVAL)).isEqualTo(asked.attempt());
    assertThat(attempt(asked.attempt()).attempt())
        .isEqualTo(
            new Attempt(
                asked.attempt(),
                incident,
                Mode.ACT,
                clock.instant(),
                new State.Started(clock.instant().plus(LIMIT))));
    assertThat(incident(incident).phase()).isEqualTo(Phase.ACTING);
    assertThat(claim("a", APPROVAL).decision().reason()).isEqualTo(Reason.ATTEMPT_RUNNING);
  }

  @Test
  void theActionIsWrittenDownWithTheClaimAndAnApprovalStartsNoOther() {
    ladder = new Ladder(List.of(Action.KILL), List.of());
    hear(firing("a", "1"));
    long first = started("a");
    ledger.settle(first, new Settlement(Result.of(Outcome.NOT_RECOVERED, Reason.API_SILENT), ""));
    assertThat(attempt(first).attempt().action()).isEqualTo(Action.RESTART);
    after(Duration.ofMinutes(1));
    mode = Mode.APPROVE;
    long asked = started("a");
    assertThat(attempt(asked).attempt().action()).isEqualTo(Action.KILL);
    Claim approved = claim("a", APPROVAL);
    assertThat(approved.decision())
        .isEqualTo(new Decision.Restart(Mode.ACT, Reason.APPROVED, Action.KILL));
    assertThat(attempt(asked).attempt().action()).isEqualTo(Action.KILL);
    assertThat(attempt(asked).attempt().running()).isTrue();
  }

  @Test
  void whatTheLadderHasLostIsNotDoneWhenItIsApproved() {
    ladder = new Ladder(List.of(Action.KILL), List.of());
    hear(firing("a", "1"));
    long first = started("a");
    ledger.settle(first, new Settlement(Result.of(Outcome.NOT_RECOVERED, Reason.API_SILENT), ""));
    after(Duration.ofMinutes(1));
    mode = Mode.APPROVE;
    long asked = started("a");
    ladder = Ladder.NONE;
    assertThat(started("a", APPROVAL)).isEqualTo(asked);
    assertThat(attempt(asked).attempt().action()).isEqualTo(Action.RESTART);
  }

  @Test
  void anApprovalThatComesTooLateStartsNothing() {
    mode = Mode.APPROVE;
    hear(firing("a", "1"));
    long asked = started("a");
    after(RemediationPolicy.APPROVAL_LIMIT);
    assertThat(claim("a", APPROVAL).decision())
        .isEqualTo(new Decision.Hold(Decision.NO_END, Reason.APPROVAL_EXPIRED));
    assertThat(attempt(asked).attempt().result())
        .contains(Result.of(Outcome.EXPIRED, Reason.APPROVAL_EXPIRED));
    assertThat(ledger.openIncidents()).hasSize(1);
  }

  @Test
  void anApprovalEndsWithItsIncidentAndNeverServesTheNext() {
    mode = Mode.APPROVE;
    hear(firing("a", "1"));
    long asked = started("a");
    hear(resolved("a", "1"));
    claim("a");
    assertThat(attempt(asked).attempt().result())
        .contains(Result.of(Outcome.EXPIRED, Reason.ALERT_RESOLVED));
    hear(firing("a", "2"));
    after(LIMITS.cooldown());
    assertThat(claim("a", APPROVAL).decision().reason()).isEqualTo(Reason.APPROVAL_EXPIRED);
  }

  @Test
  void whatWaitsForApprovalIsNotSettledFromOutside() {
    mode = Mode.APPROVE;
    hear(firing("a", "1"));
    long asked = started("a");
    assertThat(ledger.settle(asked, Result.of(Outcome.RECOVERED, Reason.PROVEN), "")).isFalse();
    assertThat(attempt(asked).attempt().state()).isInstanceOf(State.AwaitingApproval.class);
  }

  @Test
  void aRequestWithoutAnIncidentOpensOneThatClosesWithItsAttempt() {
    Claim claim = claim("a", Question.MANUAL);
    assertThat(claim.decision()).isEqualTo(new Decision.Restart(Mode.ACT, Reason.REQUESTED));
    assertThat(incident(claim.incident()).pairs())
        .extracting(Pair::source)
        .containsExactly(Pair.Source.MANUAL);
    assertThat(claim("a").decision().reason()).isEqualTo(Reason.ATTEMPT_RUNNING);
    settle(claim.attempt(), Outcome.NOT_RECOVERED);
    assertThat(claim("a").decision()).isEqualTo(new Decision.Nothing(Reason.MANUAL_ENDED));
    assertThat(entry(claim.incident()).closed())
        .map(Entry.Closed::how)
        .contains(Closing.MANUAL_ENDED);
  }

  @Test
  void aRequestIsNeverTriedTwiceNotEvenInAnotherMode() {
    mode = Mode.OBSERVE;
    claim("a", Question.MANUAL);
    assertThat(claim("a").decision()).isEqualTo(new Decision.Nothing(Reason.MANUAL_ENDED));
    mode = Mode.APPROVE;
    claim("b", Question.MANUAL);
    after(RemediationPolicy.APPROVAL_LIMIT);
    assertThat(ledger.settleOverdue()).hasSize(1);
    assertThat(claim("b").decision()).isEqualTo(new Decision.Nothing(Reason.MANUAL_ENDED));
  }

  @Test
  void aRequestJoinsAnOpenIncidentAndLeavesItOpen() {
    long incident = hear(firing("a", "1")).incident();
    Claim claim = claim("a", Question.MANUAL);
    settle(claim.attempt(), Outcome.NOT_RECOVERED);
    assertThat(claim.incident()).isEqualTo(incident);
    assertThat(incident(incident).pairs()).hasSize(1);
    assertThat(claim("a").decision().reason()).isEqualTo(Reason.COOLDOWN);
    assertThat(ledger.openIncidents()).hasSize(1);
  }

  @Test
  void aRefusedRequestLeavesNoTrace() {
    long incident = hear(firing("a", "1")).incident();
    settle(started("a"), Outcome.NOT_RECOVERED);
    assertThat(claim("a", Question.MANUAL).decision().reason()).isEqualTo(Reason.COOLDOWN);
    assertThat(incident(incident).marks()).isEqualTo(Incident.Marks.NONE);
    assertThat(ledger.attempts(ALL)).hasSize(1);
  }

  @Test
  void anotherModeWithdrawsWhatWaitsAndSoDoesAnApprovalThatComesThen() {
    for (Mode other : List.of(Mode.ACT, Mode.OBSERVE)) {
      mode = Mode.APPROVE;
      hear(firing(other.label(), "1"));
      long asked = started(other.label());
      mode = other;
      assertThat(claim(other.label(), APPROVAL).decision().reason())
          .isEqualTo(Reason.APPROVAL_EXPIRED);
      assertThat(attempt(asked).attempt().result())
          .contains(Result.of(Outcome.EXPIRED, Reason.MODE_CHANGED));
    }
  }

  @Test
  void findsAnAttemptByItsNumber() {
    hear(firing("a", "1"));
    long started = started("a");
    assertThat(ledger.attempt(started)).contains(attempt(started));
    assertThat(ledger.attempt(started + 1)).isEmpty();
  }

  @Test
  void tellsThePauseOfAllFromThatOfOne() {
    Pause one = new Pause(Decision.NO_END, "one");
    Pause all = new Pause(START.plusSeconds(60), "all");
    ledger.pause("local/one", one);
    assertThat(ledger.paused(Ledger.EVERYTHING)).isEmpty();
    ledger.pause(Ledger.EVERYTHING, all);
    assertThat(ledger.paused(Ledger.EVERYTHING)).contains(all);
    assertThat(ledger.paused("local/one")).contains(one);
    after(Duration.ofSeconds(60));
    assertThat(ledger.paused(Ledger.EVERYTHING)).isEmpty();
  }
}
