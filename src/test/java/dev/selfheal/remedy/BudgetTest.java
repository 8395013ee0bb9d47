package dev.selfheal.remedy;

import static dev.selfheal.remedy.Expected.escalation;
import static dev.selfheal.remedy.Expected.restart;
import static dev.selfheal.remedy.Outcome.NOT_NEEDED;
import static dev.selfheal.remedy.Reason.ALERT_FIRING;
import static dev.selfheal.remedy.Reason.BUDGET_SPENT;
import static dev.selfheal.remedy.Reason.COMMAND_NOT_STARTED;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.selfheal.remedy.PolicyLimits.Budget;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Budgets are sliding windows of attempts that spend. */
class BudgetTest {

  @Test
  void aStartLeavesTheWindowExactlyAtItsLength() {
    threeRestartsIn("5m")
        .alertFires()
        .after("44m29s")
        .after("999ms")
        .alertFires()
        .expect(escalation(BUDGET_SPENT))
        .after("1ms")
        .expect(restart(ALERT_FIRING))
        .expectBudgetLeft(1);
  }

  @Test
  void theWindowSlidesInsteadOfBeginningAnew() {
    threeRestartsIn("20m")
        .after("19m30s")
        .expectBudgetLeft(1)
        .earlierRecovery()
        .alertFires()
        .after("60s")
        .expect(escalation(BUDGET_SPENT));
  }

  @Test
  void allBudgetsMustAgree() {
    Timeline timeline = new Timeline();
    for (int i = 0; i < 7; i++) {
      timeline.earlierRecovery().after("2h");
    }
    timeline
        .expectBudgetLeft(0)
        .alertFires()
        .expect(escalation(BUDGET_SPENT))
        .after("9h")
        .alertFires()
        .expectBudgetLeft(0)
        .after("57m")
        .alertFires()
        .expectBudgetLeft(1)
        .expect(restart(ALERT_FIRING));
  }

  @Test
  void theRemainderIsThatOfTheTightestBudget() {
    new Timeline().expectBudgetLeft(3).earlierRecovery().expectBudgetLeft(2).after("1h");
    new Timeline().limits(withoutBudgets()).expectBudgetLeft(Integer.MAX_VALUE);
  }

  @Test
  void anOverdrawnBudgetHasNothingLeft() {
    threeRestartsIn("5m").earlierRecovery().expectBudgetLeft(0);
  }

  @Test
  void withoutBudgetsOnlyTheCooldownHolds() {
    Timeline timeline = new Timeline().limits(withoutBudgets());
    for (int i = 0; i < 20; i++) {
      timeline.earlierRecovery().after("60s");
    }
    timeline.alertFires().expect(restart(ALERT_FIRING));
  }

  @ParameterizedTest
  @CsvSource({
    "RECOVERED, true",
    "NOT_RECOVERED, true",
    "FAILED, true",
    "ABANDONED, true",
    "NOT_NEEDED, false",
    "REFUSED, false",
    "OBSERVED, false",
    "EXPIRED, false"
  })
  void anOutcomeSpendsOrNot(Outcome outcome, boolean spends) {
    new Timeline().alertFires().attempt(outcome).expectBudgetLeft(spends ? 2 : 3);
  }

  @Test
  void aFailureThatNeverReachedTheHostSpendsNothing() {
    new Timeline()
        .alertFires()
        .attempt(Attempt.Result.untouched(COMMAND_NOT_STARTED))
        .expectBudgetLeft(3);
  }

  @Test
  void aRunningAttemptSpendsUntilItIsKnownBetter() {
    new Timeline().alertFires().starts().expectBudgetLeft(2).ends(NOT_NEEDED).expectBudgetLeft(3);
  }

  @Test
  void anAttemptThatWaitsForApprovalSpendsNothing() {
    new Timeline().alertFires().waitsForApproval().expectBudgetLeft(3);
  }

  @Test
  void aBudgetOfNothingIsNoBudget() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Budget(0, Duration.ofHours(1)));
  }

  /** Three starts; the clock stands at the end of the third, and its incident is closed. */
  private static Timeline threeRestartsIn(String gap) {
    return new Timeline()
        .earlierRecovery()
        .after(gap)
        .earlierRecovery()
        .after(gap)
        .earlierRecovery()
        .after("4m");
  }

  private static PolicyLimits withoutBudgets() {
    PolicyLimits limits = Timeline.LIMITS;
    return new PolicyLimits(
        List.of(), limits.cooldown(), limits.settle(), limits.confirmAfter(), limits.fleet());
  }
}
