package dev.selfheal.remedy;

import static dev.selfheal.remedy.Action.COMMAND;
import static dev.selfheal.remedy.Action.KILL;
import static dev.selfheal.remedy.Action.RESTART;
import static dev.selfheal.remedy.Expected.escalation;
import static dev.selfheal.remedy.Outcome.ABANDONED;
import static dev.selfheal.remedy.Outcome.EXPIRED;
import static dev.selfheal.remedy.Outcome.FAILED;
import static dev.selfheal.remedy.Outcome.NOT_NEEDED;
import static dev.selfheal.remedy.Outcome.NOT_RECOVERED;
import static dev.selfheal.remedy.Outcome.OBSERVED;
import static dev.selfheal.remedy.Outcome.RECOVERED;
import static dev.selfheal.remedy.Reason.COMMAND_FAILED;
import static dev.selfheal.remedy.Reason.COMMAND_TIMED_OUT;
import static dev.selfheal.remedy.Reason.HOST_UNREACHABLE;
import static dev.selfheal.remedy.Reason.RIGHT_MISSING;
import static dev.selfheal.remedy.Reason.THREE_FAILURES;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Situation.Trigger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a further attempt of an incident does. */
class LadderTest {

  private static Timeline frozen(Action... ladder) {
    return new Timeline().ladder(ladder).alertFires();
  }

  @Test
  void climbsOneStepAfterEachAttemptThatDidNotHelpUntilAHumanIsCalled() {
    frozen(KILL, COMMAND)
        .acts(RESTART, NOT_RECOVERED)
        .after("60s")
        .acts(KILL, NOT_RECOVERED)
        .after("60s")
        .acts(COMMAND, NOT_RECOVERED)
        .after("60s")
        .expect(escalation(THREE_FAILURES));
  }

  @Test
  void withoutALadderEveryAttemptIsARestart() {
    frozen().acts(RESTART, NOT_RECOVERED).after("60s").acts(RESTART, NOT_RECOVERED);
  }

  @Test
  void takesTheStepsInTheOrderOfTheConfiguration() {
    frozen(COMMAND, KILL)
        .acts(RESTART, NOT_RECOVERED)
        .after("60s")
        .acts(COMMAND, NOT_RECOVERED)
        .after("60s")
        .acts(KILL, NOT_RECOVERED);
  }

  @Test
  void restartsAgainWhenTheLastStepIsUsedUp() {
    frozen(KILL)
        .acts(RESTART, NOT_RECOVERED)
        .after("60s")
        .acts(KILL, NOT_RECOVERED)
        .after("60s")
        .acts(RESTART, NOT_RECOVERED);
  }

  @Test
  void climbsAlsoAfterARestartThatHungUntilItsTimeWasOver() {
    frozen(KILL)
        .acts(RESTART, Result.of(FAILED, COMMAND_TIMED_OUT))
        .after("60s")
        .acts(KILL, RECOVERED);
  }

  @Test
  void doesNotClimbAfterARestartThatNobodyKnowsToHaveBeenDone() {
    frozen(KILL)
        .acts(RESTART, Result.of(FAILED, COMMAND_FAILED))
        .after("60s")
        .acts(RESTART, ABANDONED)
        .after("60s")
        .acts(RESTART, NOT_RECOVERED);
    frozen(KILL)
        .acts(RESTART, Result.untouched(HOST_UNREACHABLE))
        .after("60s")
        .acts(RESTART, NOT_RECOVERED)
        .after("60s")
        .acts(KILL, NOT_RECOVERED);
  }

  @Test
  void aStepIsUsedUpHoweverItEnded() {
    frozen(KILL)
        .acts(RESTART, NOT_RECOVERED)
        .after("60s")
        .acts(KILL, Result.of(FAILED, RIGHT_MISSING))
        .after("60s")
        .acts(RESTART, NOT_RECOVERED);
    frozen(KILL, COMMAND)
        .acts(RESTART, NOT_RECOVERED)
        .after("60s")
        .acts(KILL, ABANDONED)
        .after("60s")
        .acts(COMMAND, NOT_RECOVERED);
  }

  @Test
  void aStepThatNeverReachedTheHostIsNotUsedUp() {
    frozen(KILL)
        .acts(RESTART, NOT_RECOVERED)
        .after("60s")
        .acts(KILL, Result.untouched(HOST_UNREACHABLE))
        .after("60s")
        .acts(KILL, NOT_RECOVERED);
  }

  @Test
  void aNewIncidentBeginsAtTheBottom() {
    frozen(KILL)
        .acts(RESTART, NOT_RECOVERED)
        .after("60s")
        .alertResolves()
        .incidentCloses()
        .after("60s")
        .alertFires()
        .acts(RESTART, NOT_RECOVERED)
        .after("60s")
        .acts(KILL, NOT_RECOVERED);
  }

  @Test
  void aResumedIncidentBeginsAtTheBottom() {
    frozen(KILL)
        .limits(Timeline.LIMITS)
        .acts(RESTART, NOT_RECOVERED)
        .after("60s")
        .escalated(Reason.BUDGET_SPENT)
        .operatorResumes()
        .acts(RESTART, NOT_RECOVERED)
        .after("60s")
        .acts(KILL, NOT_RECOVERED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"RECOVERED", "NOT_NEEDED"})
  void whatWasWellInBetweenBeginsAtTheBottom(Outcome well) {
    frozen(KILL, COMMAND)
        .acts(RESTART, NOT_RECOVERED)
        .after("60s")
        .acts(KILL, well)
        .after(well == NOT_NEEDED ? "60s" : "2m")
        .reopens()
        .asked(Confirmation.STALLED)
        .acts(RESTART, NOT_RECOVERED);
  }

  @Test
  void whoAsksForARestartGetsARestartAndItsFailureCounts() {
    frozen(KILL)
        .acts(RESTART, NOT_RECOVERED)
        .after("60s")
        .trigger(Trigger.MANUAL)
        .acts(RESTART, NOT_RECOVERED)
        .trigger(Trigger.ALERT)
        .after("60s")
        .acts(KILL, NOT_RECOVERED);
  }

  @Test
  void whatIsApprovedIsWhatWasPutBeforeTheOperator() {
    frozen(KILL, COMMAND)
        .mode(Mode.APPROVE)
        .acts(RESTART, NOT_RECOVERED)
        .after("60s")
        .waitsForApprovalOf(KILL)
        .trigger(Trigger.APPROVAL)
        .expect(now -> new Decision.Restart(Mode.ACT, Reason.APPROVED, KILL));
  }

  @Test
  void whatTheLadderHasNoMoreIsApprovedAsARestart() {
    frozen(COMMAND)
        .mode(Mode.APPROVE)
        .waitsForApprovalOf(KILL)
        .trigger(Trigger.APPROVAL)
        .expect(now -> new Decision.Restart(Mode.ACT, Reason.APPROVED, RESTART));
  }

  @Test
  void thatNobodyApprovedAStepSaysNothingAboutTheServer() {
    frozen(KILL)
        .acts(RESTART, NOT_RECOVERED)
        .after("60s")
        .acts(KILL, EXPIRED)
        .after("60s")
        .acts(KILL, NOT_RECOVERED);
  }

  @Test
  void whoOnlyObservesSeesRestartsAlone() {
    frozen(KILL).mode(Mode.OBSERVE).acts(RESTART, OBSERVED).after("60s").acts(RESTART, OBSERVED);
  }

  @Test
  void aLadderHasEachStrongerActionOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ladder(List.of(KILL, KILL), List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Ladder(List.of(RESTART), List.of()));
  }
}
