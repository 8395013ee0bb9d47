package dev.selfheal.remedy;

import static dev.selfheal.remedy.Expected.escalation;
import static dev.selfheal.remedy.Expected.hold;
import static dev.selfheal.remedy.Expected.holdWithoutEnd;
import static dev.selfheal.remedy.Expected.nothing;
import static dev.selfheal.remedy.Expected.restart;
import static dev.selfheal.remedy.Outcome.FAILED;
import static dev.selfheal.remedy.Outcome.NOT_NEEDED;
import static dev.selfheal.remedy.Outcome.NOT_RECOVERED;
import static dev.selfheal.remedy.Outcome.RECOVERED;
import static dev.selfheal.remedy.Outcome.REFUSED;
import static dev.selfheal.remedy.Reason.ALERT_FIRING;
import static dev.selfheal.remedy.Reason.ALERT_RESOLVED;
import static dev.selfheal.remedy.Reason.BUDGET_SPENT;
import static dev.selfheal.remedy.Reason.COMMAND_NOT_STARTED;
import static dev.selfheal.remedy.Reason.DECAYING;
import static dev.selfheal.remedy.Reason.ESCALATED;
import static dev.selfheal.remedy.Reason.NO_INCIDENT;
import static dev.selfheal.remedy.Reason.RESTART_REFUSED;
import static dev.selfheal.remedy.Reason.STILL_FIRING;
import static dev.selfheal.remedy.Reason.THREE_FAILURES;
import static dev.selfheal.remedy.Reason.UNCONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What ends automatic action, and what begins it again. */
class EscalationTest {

  @ParameterizedTest
  @CsvSource({
    "NOT_RECOVERED, NOT_RECOVERED, NOT_RECOVERED",
    "FAILED, FAILED, FAILED",
    "ABANDONED, ABANDONED, ABANDONED",
    "NOT_RECOVERED, FAILED, ABANDONED",
    "ABANDONED, NOT_RECOVERED, FAILED"
  })
  void threeAttemptsInARowInVainCallForAHuman(Outcome first, Outcome second, Outcome third) {
    new Timeline()
        .alertFires()
        .attempt(first)
        .after("60s")
        .attempt(second)
        .after("60s")
        .expect(restart(STILL_FIRING))
        .attempt(third)
        .expect(escalation(THREE_FAILURES));
  }

  @Test
  void attemptsThatSpentNothingCountAmongTheThree() {
    Attempt.Result untouched = Attempt.Result.untouched(COMMAND_NOT_STARTED);
    new Timeline()
        .alertFires()
        .attempt(untouched)
        .after("60s")
        .attempt(untouched)
        .after("60s")
        .attempt(untouched)
        .expectBudgetLeft(3)
        .expect(escalation(THREE_FAILURES));
  }

  @Test
  void threeInVainAreNotInARowWithAnotherOutcomeInBetween() {
    new Timeline()
        .alertFires()
        .attempt(FAILED)
        .after("60s")
        .attempt(NOT_NEEDED)
        .after("60s")
        .attempt(FAILED)
        .after("60s")
        .expect(restart(STILL_FIRING));
  }

  @Test
  void attemptsOfEarlierIncidentsAreNotAmongTheThree() {
    new Timeline()
        .alertFires()
        .attempt(Attempt.Result.untouched(COMMAND_NOT_STARTED))
        .after("60s")
        .attempt(Attempt.Result.untouched(COMMAND_NOT_STARTED))
        .incidentCloses()
        .after("60s")
        .alertFires()
        .attempt(FAILED)
        .after("60s")
        .expect(restart(STILL_FIRING));
  }

  @Test
  void aFullBudgetCallsForAHumanWhenAFurtherRestartIsWanted() {
    new Timeline()
        .earlierRecovery()
        .after("5m")
        .earlierRecovery()
        .after("5m")
        .earlierRecovery()
        .after("5m")
        .expect(nothing(NO_INCIDENT))
        .alertFires()
        .expect(escalation(BUDGET_SPENT));
  }

  @Test
  void theLatchOutlastsTheWindow() {
    new Timeline()
        .alertFires()
        .attempt(RECOVERED)
        .phase(Incident.Phase.OPEN)
        .escalated(BUDGET_SPENT)
        .after("25h")
        .alertFires()
        .expectBudgetLeft(3)
        .expect(holdWithoutEnd(ESCALATED));
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"BUDGET_SPENT", "THREE_FAILURES", "THREE_NOT_NEEDED", "RESTART_REFUSED"})
  void holdsWithoutEndAfterAnEscalation(Reason reason) {
    assertThat(reason.tellsHuman()).isTrue();
    new Timeline().alertFires().escalated(reason).expect(holdWithoutEnd(ESCALATED));
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"UNCONFIRMED", "CLOCK_AHEAD", "OUTCOME_UNKNOWN"})
  void tellsAHumanWithoutHoldingTheNextRestart(Reason reason) {
    assertThat(reason.tellsHuman()).isTrue();
    new Timeline().alertFires().escalated(reason).expect(restart(ALERT_FIRING));
  }

  @Test
  void theLatchEndsWhenAllPairsResolve() {
    escalated()
        .alertResolves()
        .expect(nothing(ALERT_RESOLVED))
        .incidentCloses()
        .after("60s")
        .alertFires()
        .expect(restart(ALERT_FIRING));
  }

  @Test
  void noAnswerEndsTheLatch() {
    escalated()
        .after("11m")
        .asked(Confirmation.OVER)
        .expect(holdWithoutEnd(ESCALATED))
        .asked(Confirmation.UNKNOWN)
        .expect(hold(UNCONFIRMED, "1m"))
        .asked(Confirmation.STALLED)
        .expect(holdWithoutEnd(ESCALATED));
  }

  @Test
  void theLatchEndsWhenAnOperatorResumes() {
    escalated().after("60s").operatorResumes().expect(restart(ALERT_FIRING));
  }

  @Test
  void attemptsOfBeforeTheResumeAreForgottenAmongTheThree() {
    escalated()
        .after("60s")
        .operatorResumes()
        .attempt(FAILED)
        .after("60s")
        .attempt(FAILED)
        .after("60s")
        .expect(restart(STILL_FIRING));
  }

  @Test
  void resumingDoesNotRefillTheBudget() {
    new Timeline()
        .alertFires()
        .attempt(NOT_RECOVERED)
        .after("60s")
        .attempt(NOT_RECOVERED)
        .after("60s")
        .attempt(NOT_RECOVERED)
        .escalated(THREE_FAILURES)
        .after("60s")
        .operatorResumes()
        .expect(escalation(BUDGET_SPENT));
  }

  @Test
  void whatARestartCannotCureCallsForAHumanAtOnce() {
    new Timeline().alertFires().attempt(REFUSED).expect(escalation(RESTART_REFUSED));
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"PAUSED", "QUIET_HOURS", "MODE_CHANGED", "TARGET_REMOVED", "LEDGER_UNREADABLE"})
  void whatWasHeldBackCallsForNobodyAndEndsNoRow(Reason order) {
    Attempt.Result heldBack = Attempt.Result.heldBack(order);
    new Timeline()
        .alertFires()
        .attempt(heldBack)
        .after("60s")
        .expect(restart(STILL_FIRING))
        .attempt(FAILED)
        .after("60s")
        .attempt(FAILED)
        .after("60s")
        .attempt(heldBack)
        .after("60s")
        .expectBudgetLeft(1)
        .expect(restart(STILL_FIRING))
        .attempt(FAILED)
        .expect(escalation(THREE_FAILURES));
  }

  @Test
  void neitherThreeInARowNorAFullBudgetCallForAHumanDuringDecay() {
    new Timeline()
        .earlierRecovery()
        .after("5m")
        .earlierRecovery()
        .after("5m")
        .alertFires()
        .attempt(RECOVERED)
        .after("60s")
        .expectBudgetLeft(0)
        .expect(hold(DECAYING, "1m"))
        .after("1m")
        .asked(Confirmation.STALLED)
        .expect(escalation(BUDGET_SPENT));
  }

  private static Timeline escalated() {
    Attempt.Result untouched = Attempt.Result.untouched(COMMAND_NOT_STARTED);
    return new Timeline()
        .alertFires()
        .attempt(untouched)
        .after("60s")
        .attempt(untouched)
        .after("60s")
        .attempt(untouched)
        .expect(escalation(THREE_FAILURES))
        .escalated(THREE_FAILURES)
        .expect(holdWithoutEnd(ESCALATED));
  }
}
