package dev.selfheal.remedy;

import static dev.selfheal.remedy.Expected.hold;
import static dev.selfheal.remedy.Expected.nothing;
import static dev.selfheal.remedy.Expected.restart;
import static dev.selfheal.remedy.Outcome.NOT_RECOVERED;
import static dev.selfheal.remedy.Outcome.RECOVERED;
import static dev.selfheal.remedy.Reason.ALERT_FIRING;
import static dev.selfheal.remedy.Reason.ALERT_RESOLVED;
import static dev.selfheal.remedy.Reason.ATTEMPT_RUNNING;
import static dev.selfheal.remedy.Reason.BUDGET_SPENT;
import static dev.selfheal.remedy.Reason.COOLDOWN;
import static dev.selfheal.remedy.Reason.NO_INCIDENT;
import static dev.selfheal.remedy.Reason.RECOVERY_HELD;
import static dev.selfheal.remedy.Reason.STILL_FIRING;
import static dev.selfheal.remedy.Reason.TARGET_REMOVED;

import org.junit.jupiter.api.Test;

/** The life of an incident, arrow by arrow. */
class IncidentLifeTest {

  @Test
  void nothingIsDoneWithoutAnIncident() {
    new Timeline().expect(nothing(NO_INCIDENT));
  }

  @Test
  void aFiringPairIsActedOnAtOnce() {
    new Timeline().alertFires().expect(restart(ALERT_FIRING));
  }

  @Test
  void isHeldWhileItsAttemptRunsUntilTheDeadline() {
    new Timeline().alertFires().starts().after("1m").expect(hold(ATTEMPT_RUNNING, "12m"));
  }

  @Test
  void isLookedAtSoonWhenAnAttemptHasOutlivedItsDeadline() {
    new Timeline().alertFires().starts().after("13m").expect(hold(ATTEMPT_RUNNING, "1s"));
  }

  @Test
  void isTriedAgainAfterAnAttemptThatDidNotHelpAndTheCooldown() {
    new Timeline()
        .alertFires()
        .attempt(NOT_RECOVERED)
        .expect(hold(COOLDOWN, "60s"))
        .after("60s")
        .expect(restart(STILL_FIRING));
  }

  @Test
  void closesResolvedWhenAllPairsAreResolved() {
    new Timeline()
        .alertFires()
        .alertFires("other")
        .alertResolves()
        .expect(restart(ALERT_FIRING))
        .resolves("other")
        .expect(nothing(ALERT_RESOLVED));
  }

  @Test
  void closesResolvedDuringTheCooldownToo() {
    new Timeline()
        .alertFires()
        .attempt(NOT_RECOVERED)
        .alertResolves()
        .expect(nothing(ALERT_RESOLVED));
  }

  @Test
  void closesRecoveredWhenAllPairsResolveAfterAProvenRecovery() {
    new Timeline()
        .alertFires()
        .attempt(RECOVERED)
        .after("30s")
        .alertResolves()
        .expect(nothing(RECOVERY_HELD));
  }

  @Test
  void aResolveThatArrivesDuringAnAttemptLetsItFinish() {
    new Timeline()
        .alertFires()
        .starts()
        .alertResolves()
        .after("1m")
        .expect(hold(ATTEMPT_RUNNING, "12m"))
        .ends(RECOVERED)
        .expect(nothing(RECOVERY_HELD));
  }

  @Test
  void aResolveDuringAnAttemptThatFailsEndsTheIncidentToo() {
    new Timeline()
        .alertFires()
        .starts()
        .alertResolves()
        .ends(NOT_RECOVERED)
        .expect(nothing(ALERT_RESOLVED));
  }

  @Test
  void closesWhenItsTargetIsRemoved() {
    new Timeline().alertFires().targetIsRemoved().expect(nothing(TARGET_REMOVED));
  }

  @Test
  void aRunningAttemptOutlivesTheRemovalOfItsTarget() {
    new Timeline()
        .alertFires()
        .starts()
        .targetIsRemoved()
        .expect(hold(ATTEMPT_RUNNING, "13m"))
        .ends(NOT_RECOVERED)
        .expect(nothing(TARGET_REMOVED));
  }

  @Test
  void closesThoughAutomaticActionIsPaused() {
    new Timeline()
        .alertFires()
        .pausedUntilResumed()
        .alertResolves()
        .expect(nothing(ALERT_RESOLVED));
  }

  @Test
  void closesThoughAHumanWasTold() {
    new Timeline()
        .alertFires()
        .escalated(BUDGET_SPENT)
        .alertResolves()
        .expect(nothing(ALERT_RESOLVED));
  }
}
