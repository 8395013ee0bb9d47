package dev.selfheal.remedy;

import static dev.selfheal.remedy.Expected.escalation;
import static dev.selfheal.remedy.Expected.hold;
import static dev.selfheal.remedy.Expected.holdWithoutEnd;
import static dev.selfheal.remedy.Expected.nothing;
import static dev.selfheal.remedy.Expected.restart;
import static dev.selfheal.remedy.Outcome.EXPIRED;
import static dev.selfheal.remedy.Outcome.FAILED;
import static dev.selfheal.remedy.Outcome.RECOVERED;
import static dev.selfheal.remedy.Reason.ALERT_FIRING;
import static dev.selfheal.remedy.Reason.ALERT_RESOLVED;
import static dev.selfheal.remedy.Reason.APPROVAL_EXPIRED;
import static dev.selfheal.remedy.Reason.APPROVED;
import static dev.selfheal.remedy.Reason.AWAITING_APPROVAL;
import static dev.selfheal.remedy.Reason.BUDGET_SPENT;
import static dev.selfheal.remedy.Reason.COOLDOWN;
import static dev.selfheal.remedy.Reason.PAUSED;
import static dev.selfheal.remedy.Reason.QUIET_HOURS;
import static dev.selfheal.remedy.Reason.REQUESTED;
import static dev.selfheal.remedy.Reason.STILL_FIRING;
import static dev.selfheal.remedy.Reason.THREE_FAILURES;
import static dev.selfheal.remedy.Reason.UNCONFIRMED;

import dev.selfheal.remedy.Situation.Trigger;
import org.junit.jupiter.api.Test;

/** Approve mode puts each restart before an operator. */
class ApprovalTest {

  @Test
  void modeComesLastAndTurnsARestartIntoAWish() {
    approving().expect(restart(Mode.APPROVE, ALERT_FIRING));
  }

  @Test
  void waitsForThirtyMinutes() {
    approving()
        .waitsForApproval()
        .expect(hold(AWAITING_APPROVAL, "30m"))
        .after("29m59s")
        .expect(hold(AWAITING_APPROVAL, "1s"));
  }

  @Test
  void approvingRunsThePolicyAgainAndThenActs() {
    approving().waitsForApproval().after("5m").trigger(Trigger.APPROVAL).expect(restart(APPROVED));
  }

  @Test
  void approvalDoesNotOverruleThePolicy() {
    approving()
        .waitsForApproval()
        .trigger(Trigger.APPROVAL)
        .quietFor("1h")
        .expect(hold(QUIET_HOURS, "1h"))
        .pausedFor("2h")
        .expect(hold(PAUSED, "2h"));
  }

  @Test
  void oldNewsIsConfirmedBeforeAnApprovedRestart() {
    approving()
        .waitsForApproval()
        .after("11m")
        .trigger(Trigger.APPROVAL)
        .expectQuestion(true)
        .expect(hold(UNCONFIRMED, "1m"));
  }

  @Test
  void anExpiredWaitCannotBeApproved() {
    approving()
        .waitsForApproval()
        .after("30m")
        .alertFires()
        .trigger(Trigger.APPROVAL)
        .expect(holdWithoutEnd(APPROVAL_EXPIRED));
  }

  @Test
  void nothingCanBeApprovedWhereNothingWaits() {
    approving().trigger(Trigger.APPROVAL).expect(holdWithoutEnd(APPROVAL_EXPIRED));
  }

  @Test
  void anExpiredWaitSpendsNothingAndStartsTheCooldown() {
    approving()
        .waitsForApproval()
        .after("30m")
        .alertFires()
        .ends(EXPIRED)
        .expectBudgetLeft(3)
        .expect(hold(COOLDOWN, "60s"))
        .after("60s")
        .expect(restart(Mode.APPROVE, STILL_FIRING));
  }

  @Test
  void anExpiredWaitDoesNotBreakARowOfFailures() {
    approving()
        .attempt(FAILED)
        .after("60s")
        .attempt(FAILED)
        .after("60s")
        .waitsForApproval()
        .ends(EXPIRED)
        .after("60s")
        .attempt(FAILED)
        .after("60s")
        .expect(escalation(THREE_FAILURES));
  }

  @Test
  void nothingCanBeApprovedOnceTheModeIsAnother() {
    approving()
        .waitsForApproval()
        .mode(Mode.OBSERVE)
        .trigger(Trigger.APPROVAL)
        .expect(holdWithoutEnd(APPROVAL_EXPIRED))
        .mode(Mode.ACT)
        .expect(holdWithoutEnd(APPROVAL_EXPIRED));
  }

  @Test
  void whoApprovesIsAnsweredAndNobodyElseIsCalled() {
    approving()
        .hadEarlier(RECOVERED, "50m")
        .hadEarlier(RECOVERED, "40m")
        .hadEarlier(RECOVERED, "30m")
        .waitsForApproval()
        .trigger(Trigger.APPROVAL)
        .expect(hold(BUDGET_SPENT, "9m59s"));
  }

  @Test
  void anIncidentThatIsOverNeedsNoApproval() {
    approving()
        .waitsForApproval()
        .alertResolves()
        .trigger(Trigger.APPROVAL)
        .expect(nothing(ALERT_RESOLVED));
  }

  @Test
  void aRequestWaitsForApprovalToo() {
    new Timeline()
        .mode(Mode.APPROVE)
        .trigger(Trigger.MANUAL)
        .expect(restart(Mode.APPROVE, REQUESTED))
        .operatorRequests()
        .waitsForApproval()
        .trigger(Trigger.ALERT)
        .expect(hold(AWAITING_APPROVAL, "30m"))
        .after("20m")
        .trigger(Trigger.APPROVAL)
        .expectQuestion(false)
        .expect(restart(APPROVED));
  }

  @Test
  void aRequestIsNotTakenBackByAnAlertThatJoinsItAndIsOverFirst() {
    Timeline joined =
        new Timeline()
            .mode(Mode.APPROVE)
            .operatorRequests()
            .waitsForApproval()
            .alertFires()
            .after("1m")
            .alertResolves()
            .expect(hold(AWAITING_APPROVAL, "29m"))
            .trigger(Trigger.APPROVAL)
            .expect(restart(APPROVED));
    joined.trigger(Trigger.ALERT).ends(EXPIRED).resolves("request").expect(nothing(ALERT_RESOLVED));
  }

  private static Timeline approving() {
    return new Timeline().mode(Mode.APPROVE).alertFires();
  }
}
