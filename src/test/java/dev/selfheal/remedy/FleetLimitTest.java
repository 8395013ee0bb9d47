package dev.selfheal.remedy;

import static dev.selfheal.remedy.Expected.hold;
import static dev.selfheal.remedy.Expected.restart;
import static dev.selfheal.remedy.Outcome.NOT_RECOVERED;
import static dev.selfheal.remedy.Reason.ALERT_FIRING;
import static dev.selfheal.remedy.Reason.FLEET_BUSY;
import static dev.selfheal.remedy.Reason.FLEET_SHARE;
import static dev.selfheal.remedy.Reason.STILL_FIRING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.remedy.PolicyLimits.FleetLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps one bad rule from restarting the whole fleet. */
class FleetLimitTest {

  @Test
  void onlySoManyAttemptsRunAtOnce() {
    new Timeline()
        .fleetOf(10)
        .alertFires()
        .otherRuns("gpu-02")
        .after("1m")
        .expect(hold(FLEET_BUSY, "12m"));
  }

  @Test
  void waitsForAsManyDeadlinesAsItTakes() {
    new Timeline()
        .limits(fleet(2, 1))
        .fleetOf(10)
        .alertFires()
        .otherRuns("gpu-02")
        .expect(restart(ALERT_FIRING))
        .after("1m")
        .otherRuns("gpu-03")
        .after("1m")
        .expect(hold(FLEET_BUSY, "11m"))
        .otherRuns("gpu-04")
        .expect(hold(FLEET_BUSY, "12m"));
  }

  @Test
  void looksAgainSoonWhenAnOverdueAttemptIsNotSettled() {
    new Timeline()
        .fleetOf(10)
        .otherRuns("gpu-02")
        .after("14m")
        .alertFires()
        .expect(hold(FLEET_BUSY, "1s"));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.34, 1",
    "2, 0.34, 1",
    "5, 0.34, 1",
    "6, 0.34, 2",
    "50, 0.34, 17",
    "100, 0.29, 29",
    "100, 0.57, 57",
    "3, 1, 3"
  })
  void aShareOfTheTargetsMayBeRestartedAndOneAlwaysMay(int targets, double share, int allowed) {
    assertThat(fleet(1, share).fleet().distinct(targets)).isEqualTo(allowed);
  }

  @Test
  void theShareHoldsUntilExactlyTheFirstOfTheOthersLeavesTheWindow() {
    new Timeline()
        .fleetOf(6)
        .otherRestarts("gpu-02")
        .after("3m")
        .otherRestarts("gpu-03")
        .alertFires()
        .expect(hold(FLEET_SHARE, "7m"))
        .after("6m59s")
        .after("999ms")
        .expect(hold(FLEET_SHARE, "1ms"))
        .after("1ms")
        .expect(restart(ALERT_FIRING));
  }

  @Test
  void theShareWaitsForAsManyOthersAsItTakes() {
    new Timeline()
        .fleetOf(6)
        .otherRestarts("gpu-02")
        .after("1m")
        .otherRestarts("gpu-03")
        .after("1m")
        .otherRestarts("gpu-04")
        .alertFires()
        .expect(hold(FLEET_SHARE, "9m"));
  }

  @Test
  void targetsAreCountedOnceHoweverOftenTheyWereRestarted() {
    new Timeline()
        .fleetOf(6)
        .otherRestarts("gpu-02")
        .otherRestarts("gpu-02")
        .otherRestarts("gpu-02")
        .alertFires()
        .expect(restart(ALERT_FIRING));
  }

  @Test
  void theLastRestartOfATargetDecidesWhenItLeavesTheWindow() {
    new Timeline()
        .otherRestarts("gpu-02")
        .after("4m")
        .otherRestarts("gpu-02")
        .after("1m")
        .alertFires()
        .expect(hold(FLEET_SHARE, "9m"));
  }

  @Test
  void aTargetThatWasRestartedLatelyAddsNothingToTheShare() {
    new Timeline()
        .fleetOf(6)
        .alertFires()
        .attempt(NOT_RECOVERED)
        .otherRestarts("gpu-02")
        .after("60s")
        .expect(restart(STILL_FIRING));
  }

  @Test
  void anAttemptThatRunsIsAmongTheRestartedTargets() {
    new Timeline()
        .limits(fleet(5, 0.34))
        .fleetOf(3)
        .otherRuns("gpu-02")
        .alertFires()
        .expect(hold(FLEET_SHARE, "10m"));
  }

  private static PolicyLimits fleet(int maxConcurrent, double maxShare) {
    PolicyLimits limits = Timeline.LIMITS;
    return new PolicyLimits(
        limits.budgets(),
        limits.cooldown(),
        limits.settle(),
        limits.confirmAfter(),
        new FleetLimit(maxConcurrent, maxShare, Duration.ofMinutes(10)));
  }
}
