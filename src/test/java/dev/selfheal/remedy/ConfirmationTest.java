package dev.selfheal.remedy;

import static dev.selfheal.remedy.Expected.hold;
import static dev.selfheal.remedy.Expected.nothing;
import static dev.selfheal.remedy.Expected.restart;
import static dev.selfheal.remedy.Outcome.NOT_RECOVERED;
import static dev.selfheal.remedy.Outcome.RECOVERED;
import static dev.selfheal.remedy.Reason.ALERT_FIRING;
import static dev.selfheal.remedy.Reason.ALERT_RESOLVED;
import static dev.selfheal.remedy.Reason.NOT_CONFIRMED;
import static dev.selfheal.remedy.Reason.RECOVERY_HELD;
import static dev.selfheal.remedy.Reason.STILL_FIRING;
import static dev.selfheal.remedy.Reason.UNCONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Old news is never acted on. */
class ConfirmationTest {

  @Test
  void newsOfExactlyTheLimitIsActedOnWithoutAQuestion() {
    new Timeline().alertFires().after("10m").expectQuestion(false).expect(restart(ALERT_FIRING));
  }

  @Test
  void olderNewsIsHeldAndAskedAboutEachMinute() {
    new Timeline()
        .alertFires()
        .after("10m")
        .after("1ms")
        .expectQuestion(true)
        .expect(hold(UNCONFIRMED, "1m"));
  }

  @Test
  void oldNewsIsActedOnWhenItIsConfirmed() {
    new Timeline()
        .alertFires()
        .after("11m")
        .asked(Confirmation.STALLED)
        .expect(restart(ALERT_FIRING));
  }

  @Test
  void anIncidentExpiresWhenTheAnswerIsNo() {
    new Timeline()
        .alertFires()
        .after("11m")
        .asked(Confirmation.OVER)
        .expect(nothing(NOT_CONFIRMED));
  }

  @Test
  void isHeldAndAskedAgainEachMinuteWhenNobodyCanSay() {
    new Timeline()
        .alertFires()
        .after("11m")
        .asked(Confirmation.UNKNOWN)
        .expect(hold(UNCONFIRMED, "1m"))
        .nobodyCouldSay()
        .after("1m")
        .expectQuestion(true)
        .expect(hold(UNCONFIRMED, "1m"));
  }

  @Test
  void tellsAHumanThatNobodyCanSayButLatchesNothing() {
    assertThat(UNCONFIRMED.tellsHuman()).isTrue();
    assertThat(UNCONFIRMED.latches()).isFalse();
  }

  @Test
  void anAnswerEndsTheHold() {
    heldUnconfirmed().asked(Confirmation.STALLED).expect(restart(ALERT_FIRING));
    heldUnconfirmed().asked(Confirmation.OVER).expect(nothing(NOT_CONFIRMED));
  }

  @Test
  void aFreshNotificationEndsTheHold() {
    heldUnconfirmed().after("20s").alertFires().expect(restart(ALERT_FIRING));
  }

  @Test
  void aResolveEndsTheHold() {
    heldUnconfirmed().after("20s").alertResolves().expect(nothing(ALERT_RESOLVED));
  }

  @Test
  void aResolvedAlertSaysNothingAboutAnOlderOneWhoseResolveMayBeLost() {
    new Timeline()
        .alertFires()
        .after("9m")
        .alertFires("other")
        .resolves("other")
        .after("2m")
        .expect(hold(UNCONFIRMED, "1m"));
  }

  @Test
  void aWithdrawnAlertSaysNothingAboutAnOlderOne() {
    new Timeline()
        .alertFires()
        .after("10m")
        .exporterReports("10s")
        .after("30s")
        .expect(hold(UNCONFIRMED, "1m"));
  }

  @Test
  void newsIsJudgedByWhenItWasLastHeard() {
    new Timeline().alertFires().after("8m").alertFires().after("10m").expect(restart(ALERT_FIRING));
  }

  @Test
  void isConfirmedBeforeALaterRestartOfAnOldIncidentToo() {
    new Timeline()
        .alertFires()
        .after("9m")
        .attempt(NOT_RECOVERED)
        .after("60s")
        .expect(hold(UNCONFIRMED, "1m"))
        .asked(Confirmation.STALLED)
        .expect(restart(STILL_FIRING));
  }

  @Test
  void anAnswerDoesNotEndWhatWasHeardAfterTheQuestion() {
    Timeline reopened =
        new Timeline()
            .alertFires()
            .attempt(RECOVERED)
            .after("2m")
            .askedAboutWhatIsKnown(Confirmation.OVER);
    reopened.expect(nothing(RECOVERY_HELD));
    reopened.after("1s").alertFires("other").expect(hold(UNCONFIRMED, "1m"));
  }

  @Test
  void anAnswerDoesNotEndAnAlertThatWasHeardAgainAfterTheQuestion() {
    new Timeline()
        .alertFires()
        .attempt(RECOVERED)
        .after("2m")
        .askedAboutWhatIsKnown(Confirmation.OVER)
        .after("1s")
        .alertFires()
        .expect(hold(UNCONFIRMED, "1m"));
  }

  @Test
  void anAnswerStillEndsWhatIsLeftWhenAnotherAlertResolvedMeanwhile() {
    new Timeline()
        .alertFires()
        .alertFires("other")
        .attempt(RECOVERED)
        .after("2m")
        .askedAboutWhatIsKnown(Confirmation.OVER)
        .resolves("other")
        .expect(nothing(RECOVERY_HELD));
  }

  @Test
  void nobodyIsAskedWhileNoRestartIsNear() {
    Timeline old = new Timeline().alertFires().after("11m");
    old.pausedFor("1m").expectQuestion(false);
    new Timeline().alertFires().after("11m").starts().expectQuestion(false);
    new Timeline()
        .mode(Mode.APPROVE)
        .alertFires()
        .after("11m")
        .waitsForApproval()
        .expectQuestion(false);
    new Timeline().alertFires().after("11m").alertResolves().expectQuestion(false);
    new Timeline().expectQuestion(false);
  }

  @Test
  void aPairThatOutlivedARecoveryIsConfirmedWhateverItsAge() {
    new Timeline()
        .alertFires()
        .mustAlwaysBeConfirmed()
        .expectQuestion(true)
        .expect(hold(UNCONFIRMED, "1m"))
        .asked(Confirmation.OVER)
        .expect(nothing(NOT_CONFIRMED))
        .asked(Confirmation.STALLED)
        .expect(restart(ALERT_FIRING));
  }

  @Test
  void aNotificationAfterNobodyCouldSayConfirmsASuspectPair() {
    new Timeline()
        .alertFires()
        .mustAlwaysBeConfirmed()
        .nobodyCouldSay()
        .expect(hold(UNCONFIRMED, "1m"))
        .after("1s")
        .alertFires()
        .expect(restart(ALERT_FIRING));
  }

  @Test
  void aConfirmingNotificationServesOneRestartOnly() {
    new Timeline()
        .alertFires()
        .mustAlwaysBeConfirmed()
        .nobodyCouldSay()
        .after("1s")
        .alertFires()
        .attempt(NOT_RECOVERED)
        .after("60s")
        .expect(hold(UNCONFIRMED, "1m"));
  }

  private static Timeline heldUnconfirmed() {
    return new Timeline()
        .alertFires()
        .after("11m")
        .asked(Confirmation.UNKNOWN)
        .expect(hold(UNCONFIRMED, "1m"))
        .nobodyCouldSay();
  }
}
