package dev.selfheal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Incident;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Pause;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Situation.Question;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operators' orders, and restarts that others did. */
abstract class PauseContract extends LedgerContract {

  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final Pause FOR_EVER = new Pause(Decision.NO_END, "moving the host");

  @BeforeEach
  void twoTargetsStall() {
    hear(firing("a", "1"));
    hear(firing("b", "2"));
  }

  private void pause(String target, Pause pause) {
    ledger.pause(place(target).actuator(), pause);
  }

  private int resume(String target) {
    return ledger.resume(place(target).actuator());
  }

  @Test
  void aPauseConcernsItsTargetAlone() {
    pause("a", FOR_EVER);
    reopen();
    assertThat(claim("a").decision()).isEqualTo(new Decision.Hold(Decision.NO_END, Reason.PAUSED));
    started("b");
    resume("a");
    started("a");
  }

  @Test
  void aPauseEndsByItselfAtItsTime() {
    pause("a", new Pause(START.plusSeconds(60), "lunch"));
    assertThat(claim("a").decision())
        .isEqualTo(new Decision.Hold(START.plusSeconds(60), Reason.PAUSED));
    after(Duration.ofSeconds(60));
    started("a");
  }

  @Test
  void theLongestOfTwoPausesIsSeenAndASecondOrderReplacesTheFirst() {
    pause("a", new Pause(NOON, "short"));
    ledger.pause(Ledger.EVERYTHING, FOR_EVER);
    assertThat(pauseOf("a")).isEqualTo(FOR_EVER);
    ledger.pause(Ledger.EVERYTHING, new Pause(START.plusSeconds(1), "nearly over"));
    assertThat(pauseOf("a")).isEqualTo(new Pause(NOON, "short"));
    assertThat(pauseOf("b")).isEqualTo(new Pause(START.plusSeconds(1), "nearly over"));
  }

  private @Nullable Pause pauseOf(String target) {
    return ledger.situation(request(target, Question.ROUTINE), policy).standing().pauseOrNull();
  }

  @Test
  void resumingOneTargetDoesNotLiftThePauseOfAll() {
    ledger.pause(Ledger.EVERYTHING, FOR_EVER);
    resume("a");
    assertThat(claim("a").decision().reason()).isEqualTo(Reason.PAUSED);
  }

  @Test
  void resumingAllLiftsThePausesOfSingleTargetsToo() {
    pause("a", FOR_EVER);
    ledger.pause(Ledger.EVERYTHING, FOR_EVER);
    ledger.resume(Ledger.EVERYTHING);
    started("a");
    started("b");
  }

  @Test
  void resumingEndsTheLatchAndCountsAttemptsAnew() {
    long incident = hear(firing("a", "1")).incident();
    triesInVain("a", Question.ROUTINE);
    after(Duration.ofHours(1));
    for (int i = 0; i < 2; i++) {
      hear(firing("a", "1"));
      triesInVain("a", Question.ROUTINE);
    }
    assertThat(claim("a").decision()).isEqualTo(new Decision.Escalate(Reason.THREE_FAILURES));
    resume("b");
    assertThat(claim("a").decision().reason()).isEqualTo(Reason.ESCALATED);
    resume("a");
    assertThat(incident(incident).marks())
        .isEqualTo(new Incident.Marks(false, null, null, null, clock.instant()));
    started("a");
  }

  private void theClockWasAYearAhead(Runnable meanwhile) {
    Instant right = clock.instant();
    clock.set(right.plus(Duration.ofDays(365)));
    meanwhile.run();
    clock.set(right);
  }

  @Test
  void resumingMakesGoodAClockThatWasAheadAndRefillsNoBudget() {
    theClockWasAYearAhead(
        () -> {
          hear(firing("a", "1"));
          triesInVain("a", Question.ROUTINE);
          settle(started("a"), Outcome.NOT_RECOVERED);
          hear(firing("b", "2"));
          settle(started("b"), Outcome.RECOVERED);
        });
    assertThat(claim("a").decision().reason()).isEqualTo(Reason.CLOCK_AHEAD);
    assertThat(resume("a")).isPositive();
    assertThat(claim("a").decision().reason())
        .as("news of no known age")
        .isEqualTo(Reason.UNCONFIRMED);
    assertThat(claim("a", STALLED).decision().reason()).isEqualTo(Reason.COOLDOWN);
    assertThat(claim("b").decision().reason()).isEqualTo(Reason.COOLDOWN);
    after(LIMITS.cooldown());
    triesInVain("a", STALLED);
    assertThat(claim("a", STALLED).decision())
        .isEqualTo(new Decision.Escalate(Reason.BUDGET_SPENT));
  }

  @Test
  void resumingAfterAClockThatWasAheadCountsAttemptsAnew() {
    theClockWasAYearAhead(
        () -> {
          hear(firing("a", "1"));
          for (int i = 0; i < 3; i++) {
            triesInVain("a", Question.ROUTINE);
          }
        });
    resume("a");
    after(LIMITS.cooldown());
    assertThat(claim("a", STALLED).decision())
        .isEqualTo(new Decision.Escalate(Reason.BUDGET_SPENT));
    after(Duration.ofHours(1));
    resume("a");
    started("a", STALLED);
  }

  @Test
  void anAttemptThatRanWhileTheClockWasAheadKeepsTheTimeItHasLeft() {
    theClockWasAYearAhead(
        () -> {
          hear(firing("a", "1"));
          started("a");
        });
    resume("a");
    after(LIMIT.minusSeconds(1));
    assertThat(ledger.settleOverdue()).isEmpty();
    after(Duration.ofSeconds(1));
    assertThat(ledger.settleOverdue()).hasSize(1);
  }

  @Test
  void resumingLeavesTimesAloneThatThePolicyTolerates() {
    long incident = hear(firing("a", "1")).incident();
    clock.advance(RemediationPolicy.CLOCK_TOLERANCE.negated());
    assertThat(resume("a")).isZero();
    assertThat(incident(incident).pairs().get(0).lastHeard()).isEqualTo(START);
    assertThat(incident(incident).marks().confirmAlways()).isFalse();
  }

  @Test
  void somebodyElsesRestartHoldsTheTargetForAWhile() {
    ledger.externalRestart(place("a").actuator(), START);
    ledger.externalRestart(place("a").actuator(), START.minusSeconds(60));
    assertThat(claim("a").decision())
        .isEqualTo(new Decision.Hold(START.plus(LIMITS.settle()), Reason.EXTERNAL_RESTART));
    started("b");
    after(LIMITS.settle());
    started("a");
  }
}
