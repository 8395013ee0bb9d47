package dev.selfheal.remedy;

import static dev.selfheal.remedy.Expected.escalation;
import static dev.selfheal.remedy.Expected.hold;
import static dev.selfheal.remedy.Expected.nothing;
import static dev.selfheal.remedy.Expected.restart;
import static dev.selfheal.remedy.Outcome.NOT_NEEDED;
import static dev.selfheal.remedy.Outcome.NOT_RECOVERED;
import static dev.selfheal.remedy.Reason.ALERT_FIRING;
import static dev.selfheal.remedy.Reason.ALERT_RESOLVED;
import static dev.selfheal.remedy.Reason.BACKING_OFF;
import static dev.selfheal.remedy.Reason.COMMAND_NOT_STARTED;
import static dev.selfheal.remedy.Reason.COOLDOWN;
import static dev.selfheal.remedy.Reason.STILL_FIRING;
import static dev.selfheal.remedy.Reason.THREE_NOT_NEEDED;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The time between two attempts. */
class CooldownTest {

  @Test
  void holdsTheSecondRestartUntilTheCooldownEnds() {
    new Timeline()
        .alertFires()
        .attempt(NOT_RECOVERED)
        .after("59s")
        .after("999ms")
        .expect(hold(COOLDOWN, "1ms"))
        .after("1ms")
        .expect(restart(STILL_FIRING));
  }

  @Test
  void beginsAtTheEndOfTheAttemptHoweverLongItTook() {
    new Timeline()
        .alertFires()
        .starts()
        .after("9m")
        .ends(NOT_RECOVERED)
        .expect(hold(COOLDOWN, "60s"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"OBSERVED"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyOutcomeStartsIt(Outcome outcome) {
    new Timeline()
        .alertFires()
        .attempt(outcome)
        .incidentCloses()
        .after("10s")
        .alertFires()
        .expect(hold(COOLDOWN, "50s"))
        .after("50s")
        .expect(restart(ALERT_FIRING));
  }

  @Test
  void aFailureThatTouchedNothingStartsItToo() {
    new Timeline()
        .alertFires()
        .attempt(Attempt.Result.untouched(COMMAND_NOT_STARTED))
        .expect(hold(COOLDOWN, "60s"));
  }

  @Test
  void anUnneededRestartBacksOffForOneTwoAndFiveMinutesAndThenCallsForAHuman() {
    new Timeline()
        .alertFires()
        .attempt(NOT_NEEDED)
        .expect(hold(COOLDOWN, "60s"))
        .after("60s")
        .expect(restart(STILL_FIRING))
        .attempt(NOT_NEEDED)
        .after("60s")
        .expect(hold(BACKING_OFF, "1m"))
        .after("1m")
        .expect(restart(STILL_FIRING))
        .attempt(NOT_NEEDED)
        .alertFires()
        .after("60s")
        .expect(hold(BACKING_OFF, "4m"))
        .after("3m59s")
        .expect(hold(BACKING_OFF, "1s"))
        .after("1s")
        .expect(escalation(THREE_NOT_NEEDED));
  }

  @Test
  void theFirstBackOffIsAMinuteWhereTheCooldownIsShorter() {
    new Timeline()
        .cooldown("5s")
        .alertFires()
        .attempt(NOT_NEEDED)
        .after("5s")
        .expect(hold(BACKING_OFF, "55s"))
        .after("55s")
        .expect(restart(STILL_FIRING));
  }

  @Test
  void anAlertThatResolvesDuringTheBackOffDisturbsNobody() {
    new Timeline()
        .alertFires()
        .attempt(NOT_NEEDED)
        .after("60s")
        .attempt(NOT_NEEDED)
        .after("2m")
        .attempt(NOT_NEEDED)
        .after("4m")
        .alertResolves()
        .expect(nothing(ALERT_RESOLVED));
  }

  @Test
  void anotherOutcomeEndsTheBackOff() {
    new Timeline()
        .alertFires()
        .attempt(NOT_NEEDED)
        .after("60s")
        .attempt(NOT_NEEDED)
        .after("2m")
        .attempt(NOT_RECOVERED)
        .after("60s")
        .expect(restart(STILL_FIRING));
  }

  @Test
  void anotherIncidentBeginsItsBackOffAnew() {
    new Timeline()
        .alertFires()
        .attempt(NOT_NEEDED)
        .after("60s")
        .attempt(NOT_NEEDED)
        .incidentCloses()
        .after("60s")
        .alertFires()
        .expect(restart(ALERT_FIRING));
  }
}
