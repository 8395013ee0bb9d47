package dev.selfheal.remedy;

import static dev.selfheal.remedy.Expected.escalation;
import static dev.selfheal.remedy.Expected.hold;
import static dev.selfheal.remedy.Expected.restart;
import static dev.selfheal.remedy.Outcome.FAILED;
import static dev.selfheal.remedy.Outcome.NOT_RECOVERED;
import static dev.selfheal.remedy.Outcome.RECOVERED;
import static dev.selfheal.remedy.Reason.ALERT_FIRING;
import static dev.selfheal.remedy.Reason.BUDGET_SPENT;
import static dev.selfheal.remedy.Reason.CLOCK_AHEAD;
import static dev.selfheal.remedy.Reason.COOLDOWN;
import static dev.selfheal.remedy.Reason.DECAYING;
import static dev.selfheal.remedy.Reason.UNCONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.remedy.Situation.Trigger;
import org.junit.jupiter.api.Test;

/** A clock that was set back must neither refill a budget nor hang for ever in silence. */
class ClockTest {

  @Test
  void aTimeAheadOfTheClockCountsAsJustNow() {
    new Timeline()
        .alertFires()
        .attempt(NOT_RECOVERED)
        .clockIsSetBack("3m")
        .expectBudgetLeft(2)
        .expect(hold(COOLDOWN, "4m"));
  }

  @Test
  void newsAheadOfTheClockIsFresh() {
    new Timeline().alertFires().clockIsSetBack("4m").expect(restart(ALERT_FIRING));
  }

  @Test
  void fiveMinutesAheadAreTolerated() {
    new Timeline().alertFires().clockIsSetBack("5m").expect(restart(ALERT_FIRING));
  }

  @Test
  void moreThanFiveMinutesAheadHoldAndTellAHuman() {
    assertThat(CLOCK_AHEAD.tellsHuman()).isTrue();
    assertThat(CLOCK_AHEAD.latches()).isFalse();
    new Timeline()
        .alertFires()
        .clockIsSetBack("5m")
        .clockIsSetBack("1ms")
        .expect(hold(CLOCK_AHEAD, "1ms"))
        .after("1ms")
        .expect(restart(ALERT_FIRING));
  }

  @Test
  void aClockThatIsFarBehindIsLookedAtEachMinute() {
    new Timeline().alertFires().clockIsSetBack("20000h").expect(hold(CLOCK_AHEAD, "1m"));
  }

  @Test
  void noTimeOfTheLedgerIsOverlooked() {
    assertHeld(new Timeline().alertFires().attempt(FAILED));
    assertHeld(new Timeline().alertFires().starts().after("1h").ends(FAILED));
    assertHeld(new Timeline().alertFires().attempt(RECOVERED));
    assertHeld(new Timeline().alertFires().nobodyCouldSay());
    assertHeld(new Timeline().alertFires().operatorResumes());
    assertHeld(new Timeline().alertFires().escalated(UNCONFIRMED));
    assertHeld(new Timeline().alertFires().somebodyElseRestartsIt());
    assertHeld(new Timeline().alertFires().otherRestarts("gpu-02"));
  }

  /** Only the latest time of the story is ahead of the clock, by more than is tolerated. */
  private static void assertHeld(Timeline story) {
    story.clockIsSetBack("6m").expect(hold(CLOCK_AHEAD, "1m"));
  }

  @Test
  void aRequestIsHeldAsWell() {
    new Timeline()
        .alertFires()
        .clockIsSetBack("6m")
        .trigger(Trigger.MANUAL)
        .expect(hold(CLOCK_AHEAD, "1m"));
  }

  @Test
  void budgetsHoldThoughAllStartsLieAhead() {
    new Timeline()
        .earlierRecovery()
        .after("60s")
        .earlierRecovery()
        .after("60s")
        .earlierRecovery()
        .after("60s")
        .clockIsSetBack("5m")
        .alertFires()
        .expect(escalation(BUDGET_SPENT));
  }

  @Test
  void aDecayThatBeganAheadEndsWhenTheClockHasCaughtUp() {
    new Timeline()
        .cooldown("0s")
        .alertFires()
        .attempt(RECOVERED)
        .after("60s")
        .clockIsSetBack("3m")
        .expect(hold(DECAYING, "4m"));
  }
}
