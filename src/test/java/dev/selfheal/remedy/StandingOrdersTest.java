package dev.selfheal.remedy;

import static dev.selfheal.remedy.Expected.escalation;
import static dev.selfheal.remedy.Expected.hold;
import static dev.selfheal.remedy.Expected.holdWithoutEnd;
import static dev.selfheal.remedy.Expected.restart;
import static dev.selfheal.remedy.Outcome.NOT_RECOVERED;
import static dev.selfheal.remedy.Outcome.RECOVERED;
import static dev.selfheal.remedy.Reason.ALERT_FIRING;
import static dev.selfheal.remedy.Reason.EXTERNAL_RESTART;
import static dev.selfheal.remedy.Reason.PAUSED;
import static dev.selfheal.remedy.Reason.QUIET_HOURS;
import static dev.selfheal.remedy.Reason.THREE_FAILURES;

import org.junit.jupiter.api.Test;

/** What operators and the configuration say about a target, and what others do to it. */
class StandingOrdersTest {

  @Test
  void aPauseHoldsUntilItEnds() {
    new Timeline()
        .alertFires()
        .pausedFor("5m")
        .expect(hold(PAUSED, "5m"))
        .after("4m59s")
        .expect(hold(PAUSED, "1s"))
        .after("1s")
        .expect(restart(ALERT_FIRING));
  }

  @Test
  void aPauseWithoutEndHoldsUntilSomebodyResumes() {
    new Timeline()
        .alertFires()
        .pausedUntilResumed()
        .expect(holdWithoutEnd(PAUSED))
        .operatorResumes()
        .expect(restart(ALERT_FIRING));
  }

  @Test
  void quietHoursHoldUntilTheyEnd() {
    new Timeline()
        .alertFires()
        .quietFor("8m")
        .expect(hold(QUIET_HOURS, "8m"))
        .after("8m")
        .expect(restart(ALERT_FIRING));
  }

  @Test
  void quietHoursPutOffTheCallOfASpentBudgetAndNotThatOfThreeFailures() {
    new Timeline()
        .alertFires()
        .quietFor("3h")
        .had(NOT_RECOVERED, "20m")
        .had(NOT_RECOVERED, "30m")
        .expectReason(QUIET_HOURS)
        .hadEarlier(RECOVERED, "40m")
        .expectReason(QUIET_HOURS)
        .had(NOT_RECOVERED, "45m")
        .expect(escalation(THREE_FAILURES));
  }

  @Test
  void aRestartBySomebodyElseHoldsForSettle() {
    new Timeline()
        .alertFires()
        .somebodyElseRestartsIt()
        .after("10s")
        .expect(hold(EXTERNAL_RESTART, "1m50s"))
        .after("1m50s")
        .expect(restart(ALERT_FIRING));
  }
}
