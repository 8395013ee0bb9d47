package dev.selfheal.remedy;

import static dev.selfheal.remedy.Expected.hold;
import static dev.selfheal.remedy.Expected.nothing;
import static dev.selfheal.remedy.Expected.restart;
import static dev.selfheal.remedy.Outcome.NOT_RECOVERED;
import static dev.selfheal.remedy.Outcome.RECOVERED;
import static dev.selfheal.remedy.Reason.DECAYING;
import static dev.selfheal.remedy.Reason.RECOVERY_HELD;
import static dev.selfheal.remedy.Reason.STILL_FIRING;
import static dev.selfheal.remedy.Reason.UNCONFIRMED;

import org.junit.jupiter.api.Test;

/** After a proven recovery the alert may go on firing for a while. */
class DecayTest {

  @Test
  void firingPairsAreHeldForSettleNotIgnored() {
    new Timeline()
        .alertFires()
        .attempt(RECOVERED)
        .after("60s")
        .expect(hold(DECAYING, "1m"))
        .after("59s")
        .after("999ms")
        .expectQuestion(false)
        .expect(hold(DECAYING, "1ms"));
  }

  @Test
  void isAskedAboutExactlyWhenSettleEnds() {
    decayed().expectQuestion(true).expectReopening(false).expect(hold(UNCONFIRMED, "1m"));
  }

  @Test
  void opensAgainWithTheSameBudgetWhenItIsFoundStalled() {
    decayed()
        .asked(Confirmation.STALLED)
        .expectReopening(true)
        .reopens()
        .expect(restart(STILL_FIRING))
        .expectBudgetLeft(2);
  }

  @Test
  void closesRecoveredWhenItIsFoundToProgress() {
    decayed().asked(Confirmation.OVER).expectReopening(false).expect(nothing(RECOVERY_HELD));
  }

  @Test
  void isHeldUnconfirmedWhenNobodyCanSay() {
    decayed().asked(Confirmation.UNKNOWN).expectReopening(false).expect(hold(UNCONFIRMED, "1m"));
  }

  @Test
  void newsOfTheDecayItselfDoesNotConfirmAFreeze() {
    new Timeline()
        .alertFires()
        .attempt(RECOVERED)
        .after("110s")
        .alertFires()
        .after("10s")
        .expect(hold(UNCONFIRMED, "1m"));
  }

  @Test
  void aNotificationWhileNobodyCanSayOpensItAgain() {
    decayed()
        .nobodyCouldSay()
        .after("5s")
        .alertFires()
        .expectReopening(true)
        .expect(restart(STILL_FIRING));
  }

  @Test
  void aHoldOfBeforeTheRecoveryConfirmsNothingAfterIt() {
    new Timeline()
        .alertFires()
        .after("11m")
        .nobodyCouldSay()
        .after("1s")
        .alertFires()
        .attempt(RECOVERED)
        .after("2m")
        .expectReopening(false)
        .expect(hold(UNCONFIRMED, "1m"));
  }

  @Test
  void aReopenedIncidentIsConfirmedBeforeEachFurtherRestart() {
    decayed()
        .asked(Confirmation.STALLED)
        .reopens()
        .attempt(NOT_RECOVERED)
        .after("60s")
        .asked(Confirmation.NOT_ASKED)
        .alertFires()
        .expect(hold(UNCONFIRMED, "1m"));
  }

  @Test
  void isNotReopenedBeforeSettleEnds() {
    new Timeline()
        .alertFires()
        .attempt(RECOVERED)
        .after("1m59s")
        .asked(Confirmation.STALLED)
        .expectReopening(false)
        .expect(hold(DECAYING, "1s"));
  }

  @Test
  void isNotReopenedWhilePaused() {
    decayed().asked(Confirmation.STALLED).pausedFor("1h").expectReopening(false);
  }

  @Test
  void aDecayWithoutABeginningIsOverRatherThanEndless() {
    new Timeline()
        .alertFires()
        .phase(Incident.Phase.DECAYING)
        .after("2m")
        .expect(hold(UNCONFIRMED, "1m"));
  }

  private static Timeline decayed() {
    return new Timeline().alertFires().attempt(RECOVERED).after("2m");
  }
}
