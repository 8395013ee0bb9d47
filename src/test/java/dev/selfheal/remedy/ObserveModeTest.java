package dev.selfheal.remedy;

import static dev.selfheal.remedy.Expected.hold;
import static dev.selfheal.remedy.Expected.holdWithoutEnd;
import static dev.selfheal.remedy.Expected.restart;
import static dev.selfheal.remedy.Outcome.EXPIRED;
import static dev.selfheal.remedy.Outcome.NOT_RECOVERED;
import static dev.selfheal.remedy.Outcome.OBSERVED;
import static dev.selfheal.remedy.Outcome.REFUSED;
import static dev.selfheal.remedy.Reason.ALERT_FIRING;
import static dev.selfheal.remedy.Reason.ATTEMPT_RUNNING;
import static dev.selfheal.remedy.Reason.BUDGET_SPENT;
import static dev.selfheal.remedy.Reason.COOLDOWN;
import static dev.selfheal.remedy.Reason.REQUESTED;
import static dev.selfheal.remedy.Reason.RESTART_REFUSED;
import static dev.selfheal.remedy.Reason.STILL_FIRING;

import dev.selfheal.remedy.Situation.Trigger;
import org.junit.jupiter.api.Test;

/** Observe mode decides and records, and touches nothing. */
class ObserveModeTest {

  @Test
  void aRestartIsOnlyWished() {
    observing().expect(restart(Mode.OBSERVE, ALERT_FIRING));
  }

  @Test
  void observedAttemptsCountTowardsTheCooldown() {
    observing()
        .attempt(OBSERVED)
        .expect(hold(COOLDOWN, "60s"))
        .after("60s")
        .expect(restart(Mode.OBSERVE, STILL_FIRING));
  }

  @Test
  void observedAttemptsCountTowardsTheBudgetAndNothingEscalates() {
    observing()
        .attempt(OBSERVED)
        .after("60s")
        .attempt(OBSERVED)
        .after("60s")
        .attempt(OBSERVED)
        .after("1m30s")
        .expectBudgetLeft(0)
        .expect(hold(BUDGET_SPENT, "55m"));
  }

  @Test
  void theBudgetFreesItselfExactlyWhenTheFirstLeavesTheWindow() {
    observing()
        .attempt(OBSERVED)
        .after("60s")
        .attempt(OBSERVED)
        .after("60s")
        .attempt(OBSERVED)
        .after("56m29s")
        .alertFires()
        .expect(hold(BUDGET_SPENT, "1s"))
        .after("1s")
        .expect(restart(Mode.OBSERVE, STILL_FIRING));
  }

  @Test
  void realAttemptsCountForNothingWhileObserving() {
    new Timeline()
        .alertFires()
        .attempt(NOT_RECOVERED)
        .after("60s")
        .attempt(NOT_RECOVERED)
        .after("60s")
        .attempt(NOT_RECOVERED)
        .mode(Mode.OBSERVE)
        .expectBudgetLeft(3)
        .expect(restart(Mode.OBSERVE, ALERT_FIRING));
  }

  @Test
  void observedAttemptsCountForNothingWhileActing() {
    observing()
        .attempt(OBSERVED)
        .after("60s")
        .attempt(OBSERVED)
        .after("60s")
        .attempt(OBSERVED)
        .mode(Mode.ACT)
        .expectBudgetLeft(3)
        .expect(restart(ALERT_FIRING));
  }

  @Test
  void onlyTheObservedOnesOfItsAttemptsCountTowardsBudgetAndCooldown() {
    observing().attempt(EXPIRED).expectBudgetLeft(3).expect(restart(Mode.OBSERVE, STILL_FIRING));
  }

  @Test
  void whatWouldCallForAHumanOnlyHolds() {
    observing().attempt(REFUSED).expect(holdWithoutEnd(RESTART_REFUSED));
  }

  @Test
  void aRunningAttemptOfAnotherModeStillHolds() {
    new Timeline().alertFires().starts().mode(Mode.OBSERVE).expect(hold(ATTEMPT_RUNNING, "13m"));
  }

  @Test
  void aRequestIsOnlyWishedToo() {
    new Timeline()
        .mode(Mode.OBSERVE)
        .trigger(Trigger.MANUAL)
        .expect(restart(Mode.OBSERVE, REQUESTED));
  }

  private static Timeline observing() {
    return new Timeline().mode(Mode.OBSERVE).alertFires();
  }
}
