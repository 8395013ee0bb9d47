package dev.selfheal.remedy;

import static dev.selfheal.remedy.Expected.hold;
import static dev.selfheal.remedy.Expected.holdWithoutEnd;
import static dev.selfheal.remedy.Expected.nothing;
import static dev.selfheal.remedy.Expected.restart;
import static dev.selfheal.remedy.Outcome.FAILED;
import static dev.selfheal.remedy.Outcome.NOT_NEEDED;
import static dev.selfheal.remedy.Outcome.NOT_RECOVERED;
import static dev.selfheal.remedy.Outcome.RECOVERED;
import static dev.selfheal.remedy.Outcome.REFUSED;
import static dev.selfheal.remedy.Reason.ATTEMPT_RUNNING;
import static dev.selfheal.remedy.Reason.BUDGET_SPENT;
import static dev.selfheal.remedy.Reason.COOLDOWN;
import static dev.selfheal.remedy.Reason.DECAYING;
import static dev.selfheal.remedy.Reason.ESCALATED;
import static dev.selfheal.remedy.Reason.EXTERNAL_RESTART;
import static dev.selfheal.remedy.Reason.FLEET_BUSY;
import static dev.selfheal.remedy.Reason.FLEET_SHARE;
import static dev.selfheal.remedy.Reason.MANUAL_ENDED;
import static dev.selfheal.remedy.Reason.PAUSED;
import static dev.selfheal.remedy.Reason.QUIET_HOURS;
import static dev.selfheal.remedy.Reason.RECOVERY_HELD;
import static dev.selfheal.remedy.Reason.REQUESTED;
import static dev.selfheal.remedy.Reason.RESTART_REFUSED;
import static dev.selfheal.remedy.Reason.STILL_FIRING;
import static dev.selfheal.remedy.Reason.TARGET_REMOVED;

import dev.selfheal.remedy.Situation.Trigger;
import org.junit.jupiter.api.Test;

/** A restart that an operator asks for: the same policy, one attempt. */
class ManualRequestTest {

  @Test
  void isDoneAtOnceWithoutAnIncident() {
    requested().expect(restart(REQUESTED));
  }

  @Test
  void joinsAnOpenIncidentAndLeavesItOpen() {
    new Timeline()
        .alertFires()
        .trigger(Trigger.MANUAL)
        .expect(restart(REQUESTED))
        .attempt(NOT_RECOVERED)
        .after("60s")
        .trigger(Trigger.ALERT)
        .expect(restart(STILL_FIRING));
  }

  @Test
  void opensAnIncidentThatClosesWithItsAttempt() {
    requested()
        .operatorRequests()
        .starts()
        .trigger(Trigger.ALERT)
        .expect(hold(ATTEMPT_RUNNING, "13m"))
        .ends(NOT_RECOVERED)
        .expect(nothing(MANUAL_ENDED));
  }

  @Test
  void itsIncidentClosesRecoveredWhenItHelped() {
    requested()
        .operatorRequests()
        .attempt(RECOVERED)
        .trigger(Trigger.ALERT)
        .expect(nothing(RECOVERY_HELD));
  }

  @Test
  void anAlertThatJoinsItsIncidentKeepsThatOpen() {
    requested()
        .operatorRequests()
        .starts()
        .alertFires()
        .ends(NOT_RECOVERED)
        .after("60s")
        .trigger(Trigger.ALERT)
        .expect(restart(STILL_FIRING));
  }

  @Test
  void needsNoConfirmation() {
    new Timeline()
        .alertFires()
        .after("1h")
        .trigger(Trigger.MANUAL)
        .expectQuestion(false)
        .expect(restart(REQUESTED));
  }

  @Test
  void isRefusedWithTheReasonOfAnyHold() {
    requested().pausedFor("1h").expect(hold(PAUSED, "1h"));
    requested().quietFor("1h").expect(hold(QUIET_HOURS, "1h"));
    requested().alertFires().starts().expect(hold(ATTEMPT_RUNNING, "13m"));
    requested().alertFires().attempt(FAILED).expect(hold(COOLDOWN, "60s"));
    requested().alertFires().attempt(RECOVERED).after("60s").expect(hold(DECAYING, "1m"));
    requested().somebodyElseRestartsIt().expect(hold(EXTERNAL_RESTART, "2m"));
    requested().otherRuns("gpu-02").expect(hold(FLEET_BUSY, "13m"));
    requested().otherRestarts("gpu-02").expect(hold(FLEET_SHARE, "10m"));
  }

  @Test
  void isRefusedWhileAHumanIsCalledFor() {
    requested().alertFires().escalated(BUDGET_SPENT).expect(holdWithoutEnd(ESCALATED));
    requested().alertFires().attempt(REFUSED).expect(holdWithoutEnd(RESTART_REFUSED));
  }

  @Test
  void neverEscalatesAndIsToldWhenTheBudgetIsFreeAgain() {
    requested()
        .earlierRecovery()
        .after("9m30s")
        .earlierRecovery()
        .after("9m30s")
        .earlierRecovery()
        .after("30s")
        .expect(hold(BUDGET_SPENT, "39m"));
  }

  @Test
  void spendsTheSameBudget() {
    requested().operatorRequests().attempt(RECOVERED).expectBudgetLeft(2);
  }

  @Test
  void isNotHeldBecauseItWasFoundHealthyBefore() {
    requested()
        .alertFires()
        .attempt(NOT_NEEDED)
        .after("60s")
        .attempt(NOT_NEEDED)
        .after("60s")
        .expect(restart(REQUESTED))
        .attempt(NOT_NEEDED)
        .after("60s")
        .expect(restart(REQUESTED));
  }

  @Test
  void isRefusedForATargetThatIsNotConfiguredAnyMore() {
    requested().targetIsRemoved().expect(nothing(TARGET_REMOVED));
  }

  private static Timeline requested() {
    return new Timeline().trigger(Trigger.MANUAL);
  }
}
