package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.dispatch.Operator.Answer;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Pause;
import dev.selfheal.remedy.Target;
import dev.selfheal.testkit.RecordedLog;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorTest {

  @TempDir private Path folder;
  private Receiver receiver;
  private Operator operator;
  private Target target;

  @BeforeEach
  void begin() {
    receiver = new Receiver(folder, Fleet.of(2));
    operator = receiver.dispatch.operator();
    target = receiver.managed.named("gpu-0").orElseThrow();
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  private Answer restart() {
    Answer answer = operator.restart("gpu-0", "it is slow").orElseThrow();
    receiver.settle();
    return answer;
  }

  @Test
  void startsTheRequestedAttemptAndClosesItsIncidentWithIt() {
    assertThat(restart()).isInstanceOf(Answer.Started.class);
    assertThat(receiver.incidents()).containsExactly("acting");
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    assertThat(receiver.incidents()).containsExactly("closed manual_ended");
    receiver.after(Duration.ofHours(1));
    assertThat(receiver.attempts()).containsExactly("not_recovered");
  }

  @Test
  void joinsAnOpenIncidentAndLeavesItOpen() {
    operator.pause(target, null, "first look");
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.incidents()).containsExactly("open");
    operator.resume(target);
    Answer.Started started = (Answer.Started) restart();
    assertThat(started.claim().incident()).isEqualTo(1);
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    assertThat(receiver.incidents()).containsExactly("open");
  }

  @Test
  void refusesASecondRequestWithTheReasonAndChangesNothing() {
    restart();
    Answer second = restart();
    assertThat(((Answer.Held) second).decision().reason().label()).isEqualTo("attempt_running");
    receiver.attemptEnds(Outcome.RECOVERED);
    assertThat(((Answer.Held) restart()).decision().reason().label()).isEqualTo("cooldown");
    assertThat(receiver.attempts()).containsExactly("recovered");
  }

  @Test
  void knowsOnlyConfiguredTargets() {
    assertThat(operator.restart("gpu-7", "")).isEmpty();
    assertThat(operator.rehearse("gpu-7")).isEmpty();
  }

  @Test
  void rehearsesWithoutWritingOrTouchingAnything() {
    Answer.WouldBe answer = (Answer.WouldBe) operator.rehearse("gpu-0").orElseThrow();
    assertThat(answer.decision()).isInstanceOf(Decision.Restart.class);
    receiver.settle();
    assertThat(receiver.running()).isZero();
    assertThat(receiver.tricks.calls).containsExactly("situation");
    assertThat(receiver.incidents()).isEmpty();
  }

  @Test
  void holdsAPausedTargetExactlyUntilThePauseEnds() {
    operator.pause(target, Duration.ofMinutes(5), "maintenance");
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.held()).isEqualTo("paused");
    receiver.after(Duration.ofMinutes(5).minusMillis(1));
    assertThat(receiver.running()).isZero();
    receiver.after(Duration.ofMillis(1));
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void stopsAllTargetsWithTheKillSwitchAndGoesOnWhenItIsLifted() {
    operator.pause(null, null, "stop everything");
    receiver.hears(Fleet.firing(0), Fleet.firing(1));
    receiver.sweeping().after(Duration.ofMinutes(9));
    assertThat(receiver.running()).isZero();
    assertThat(restart()).isInstanceOf(Answer.Held.class);
    operator.resume(null);
    receiver.settle();
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void saysWhichPauseOfAllStillHoldsATargetThatIsResumed() {
    operator.pause(null, null, "stop everything");
    operator.pause(target, Duration.ofMinutes(5), "maintenance");
    assertThat(operator.resume(target)).contains(new Pause(Decision.NO_END, "stop everything"));
    assertThat(operator.resume(null)).isEmpty();
    assertThat(operator.resume(target)).isEmpty();
  }

  @Test
  void saysNothingOfAPauseOfAllThatHasEnded() {
    operator.pause(null, Duration.ofMinutes(5), "lunch");
    receiver.after(Duration.ofMinutes(5));
    assertThat(operator.resume(target)).isEmpty();
  }

  @Test
  void saysWhatItMadeGoodThatAWrongClockHadWrittenAndLooksAtEveryTargetAgain() {
    receiver.clock.advance(Duration.ofDays(365));
    receiver.hears(Fleet.firing(0), Fleet.firing(1));
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    receiver.clock.set(Receiver.BEGIN);
    receiver.dispatch.sweep();
    receiver.settle();
    assertThat(receiver.held()).isEqualTo("clock_ahead");
    receiver.active(0, 1);
    try (RecordedLog log = new RecordedLog("dev.selfheal.dispatch.Operator")) {
      operator.resume(target);
      receiver.settle();
      assertThat(log.lines("lay more than 5 minutes ahead")).hasSize(1);
    }
    assertThat(receiver.held()).isEqualTo("cooldown");
    assertThat(receiver.dispatch.announcer().held("gpu-1").map(hold -> hold.reason().label()))
        .contains("fleet_share");
  }

  @Test
  void holdsForAYearWithoutTroubleForTheTimer() {
    operator.pause(target, Duration.ofDays(365), "decommissioned");
    receiver.hears(Fleet.firing(0));
    receiver.after(Duration.ofDays(3));
    assertThat(receiver.held()).isEqualTo("paused");
    assertThat(receiver.timer.waiting()).isEqualTo(1);
  }

  @Test
  void logsARequestInOneLineWhateverItsWordsAre() {
    try (RecordedLog log = new RecordedLog("dev.selfheal.dispatch.Operator")) {
      operator.restart("gpu-0", "slow\nERROR faked");
      assertThat(log.lines())
          .containsExactly(
              "INFO target=gpu-0 decision=restart reason=requested incident=1 attempt=1: requested"
                  + " by an operator: \"slow?ERROR faked\"");
    }
  }
}
