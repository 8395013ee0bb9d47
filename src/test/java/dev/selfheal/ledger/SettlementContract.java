package dev.selfheal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Attempt.State;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Incident.Phase;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Situation.Question;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How attempts end. */
abstract class SettlementContract extends LedgerContract {

  private static final Result RECOVERED = Result.of(Outcome.RECOVERED, Reason.PROVEN);
  private static final Result ABANDONED = Result.of(Outcome.ABANDONED, Reason.DEADLINE_PASSED);

  @Test
  void anAttemptIsSettledOnceAndWhatComesLaterIsAppended() {
    hear(firing("a", "1"));
    long attempt = started("a");
    after(Duration.ofSeconds(40));
    assertThat(ledger.settle(attempt, RECOVERED, "answers")).isTrue();
    after(Duration.ofSeconds(1));
    assertThat(ledger.settle(attempt, ABANDONED, "too late")).isFalse();
    ledger.remark(attempt, "first");
    ledger.remark(attempt, "second");
    reopen();
    Entry.OfAttempt entry = attempt(attempt);
    assertThat(entry.attempt().state())
        .isEqualTo(new State.Settled(START.plusSeconds(40), RECOVERED));
    assertThat(entry.story().report()).isEqualTo("answers");
    assertThat(entry.remarks()).containsExactly("first", "second");
  }

  @Test
  void ofManyWhoSettleAtOnceOneDoes() {
    hear(firing("a", "1"));
    long attempt = started("a");
    List<Boolean> settled =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(i -> ledger.settle(attempt, i % 2 == 0 ? RECOVERED : ABANDONED, "" + i))
            .toList();
    assertThat(settled).containsOnlyOnce(true);
  }

  @Test
  void anAttemptThatDoesNotExistCannotBeSettled() {
    assertThat(ledger.settle(77, RECOVERED, "")).isFalse();
  }

  @Test
  void aFailedAttemptOpensItsIncidentAgain() {
    long incident = hear(firing("a", "1")).incident();
    settle(started("a"), Outcome.NOT_RECOVERED);
    assertThat(incident(incident).phase()).isEqualTo(Phase.OPEN);
    assertThat(claim("a").decision().reason()).isEqualTo(Reason.COOLDOWN);
    after(LIMITS.cooldown());
    started("a");
  }

  @Test
  void aRunningAttemptIsAbandonedAtItsDeadlineAndNotBefore() {
    hear(firing("a", "1"));
    long attempt = started("a");
    after(LIMIT.minusMillis(1));
    assertThat(ledger.settleOverdue()).isEmpty();
    after(Duration.ofMillis(1));
    assertThat(ledger.settleOverdue())
        .singleElement()
        .isEqualTo(attempt(attempt))
        .satisfies(entry -> assertThat(entry.attempt().result()).contains(ABANDONED));
    assertThat(attempt(attempt).attempt().spends()).isTrue();
    assertThat(ledger.settleOverdue()).isEmpty();
  }

  @Test
  void whatNobodyApprovedExpires() {
    mode = Mode.APPROVE;
    hear(firing("a", "1"));
    long attempt = started("a");
    after(RemediationPolicy.APPROVAL_LIMIT);
    assertThat(ledger.settleOverdue()).hasSize(1);
    assertThat(attempt(attempt).attempt().result())
        .contains(new Result(Outcome.EXPIRED, Reason.APPROVAL_EXPIRED, false));
  }

  @Test
  void aStartingReceiverAbandonsWhatRanAndLeavesWhatWaits() {
    hear(firing("a", "1"));
    hear(firing("b", "2"));
    long running = started("a");
    mode = Mode.APPROVE;
    long waiting = started("b");
    reopen();
    assertThat(ledger.settleOrphans()).singleElement().isEqualTo(attempt(running));
    assertThat(attempt(running).attempt().result())
        .contains(Result.of(Outcome.ABANDONED, Reason.RECEIVER_DIED));
    assertThat(attempt(waiting).attempt().state()).isInstanceOf(State.AwaitingApproval.class);
    assertThat(ledger.settleOrphans()).isEmpty();
  }

  @Test
  void budgetsCountWhatSpends() {
    hear(firing("a", "1"));
    settle(started("a"), Outcome.NOT_NEEDED);
    after(Duration.ofMinutes(5));
    hear(firing("a", "1"));
    settle(started("a"), Outcome.ABANDONED);
    assertThat(
            policy.budgetLeft(
                ledger.situation(request("a", Question.ROUTINE), policy), clock.instant()))
        .isEqualTo(2);
  }

  @Test
  void anAttemptThatNobodySawTheEndOfHoldsItsTargetUntilItsHostIsSeen() {
    hear(firing("a", "1"));
    long attempt = started("a");
    assertThat(ledger.settle(attempt, ABANDONED, "lost")).isTrue();
    after(LIMITS.cooldown());
    reopen();
    assertThat(claim("a").decision())
        .isEqualTo(
            new Decision.Hold(
                START.plus(LIMITS.cooldown()).plusSeconds(60), Reason.OUTCOME_UNKNOWN));
    ledger.sighted(place("b").actuator(), "another one");
    assertThat(claim("a").decision().reason()).isEqualTo(Reason.OUTCOME_UNKNOWN);
    ledger.sighted(place("a").actuator(), "active/running");
    ledger.sighted(place("a").actuator(), "seen twice");
    assertThat(attempt(attempt).remarks()).containsExactly("active/running");
    started("a");
  }

  @Test
  void anAttemptThatFoundAnotherRestartHoldsItsTargetForAWhile() {
    hear(firing("a", "1"));
    Result found = Result.of(Outcome.NOT_NEEDED, Reason.EXTERNAL_RESTART);
    assertThat(ledger.settle(started("a"), found, "")).isTrue();
    after(LIMITS.settle().minusMillis(1));
    assertThat(claim("a").decision().reason()).isEqualTo(Reason.EXTERNAL_RESTART);
    after(Duration.ofMillis(1));
    started("a");
  }

  @Test
  void whatAHostShowedIsKeptForLessLongThanTheAttempt() {
    hear(firing("a", "1"));
    long attempt = started("a");
    Settlement settlement = new Settlement(RECOVERED, "answers", "what it showed");
    assertThat(ledger.settle(attempt, settlement)).isTrue();
    reopen();
    assertThat(ledger.evidence(attempt)).isEqualTo("what it showed");
    after(Duration.ofDays(14));
    assertThat(ledger.pruneEvidence(Duration.ofDays(14))).isZero();
    after(Duration.ofMillis(1));
    assertThat(ledger.pruneEvidence(Duration.ofDays(14))).isEqualTo(1);
    assertThat(ledger.evidence(attempt)).isEmpty();
    assertThat(attempt(attempt).story().report()).isEqualTo("answers");
  }
}
