package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.dispatch.Looks.Look;
import dev.selfheal.remedy.Decision;
import dev.selfheal.testkit.ManualExecutor;
import dev.selfheal.testkit.ManualTimer;
import dev.selfheal.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class LooksTest {

  private final SettableClock clock = new SettableClock(Receiver.BEGIN);
  private final ManualExecutor lookers = new ManualExecutor();
  private final ManualExecutor askers = new ManualExecutor();
  private final ManualTimer timer = new ManualTimer(clock, this::run);
  private final List<String> looked = new ArrayList<>();
  private Function<String, Look> look = actuator -> new Look.Done();
  private final Looks looks =
      new Looks(
          new Workers(clock, () -> 0, timer, lookers, askers, new ManualExecutor()),
          actuator -> {
            looked.add(actuator + "@" + Duration.between(Receiver.BEGIN, clock.instant()));
            return look.apply(actuator);
          });

  private void run() {
    boolean more = true;
    while (more) {
      more = lookers.runNext();
    }
  }

  private Instant in(Duration time) {
    return clock.instant().plus(time);
  }

  @Test
  void looksOnceAtATargetHoweverOftenItIsAskedBeforeTheLookBegins() {
    looks.soon("a");
    looks.soon("a");
    looks.soon("b");
    assertThat(lookers.waiting()).isEqualTo(2);
    run();
    assertThat(looked).containsExactly("a@PT0S", "b@PT0S");
    assertThat(looks.busy()).isZero();
  }

  @Test
  void looksExactlyOnceMoreWhenThereIsNewsDuringALook() {
    look =
        actuator -> {
          if (looked.size() == 1) {
            looks.soon(actuator);
            looks.soon(actuator);
            assertThat(lookers.waiting()).isZero();
          }
          return new Look.Done();
        };
    looks.soon("a");
    run();
    assertThat(looked).hasSize(2);
  }

  @Test
  void stillLooksAtTheTargetWhileItsQuestionIsAskedAndOccupiesNoLookerMeanwhile() {
    List<String> asked = new ArrayList<>();
    look = actuator -> new Look.Asks(() -> asked.add(actuator));
    looks.soon("a");
    run();
    looks.soon("a");
    assertThat(lookers.waiting()).isZero();
    look = actuator -> new Look.Done();
    assertThat(askers.runNext()).isTrue();
    run();
    assertThat(asked).containsExactly("a");
    assertThat(looked).hasSize(2);
    assertThat(looks.busy()).isZero();
  }

  @Test
  void looksAgainAfterALookThatThrew() {
    look =
        actuator -> {
          throw new AssertionError("such as an OutOfMemoryError");
        };
    looks.soon("a");
    assertThatThrownBy(this::run).isInstanceOf(AssertionError.class);
    look = actuator -> new Look.Done();
    looks.soon("a");
    run();
    assertThat(looked).hasSize(2);
    assertThat(looks.busy()).isZero();
  }

  @Test
  void looksExactlyWhenTheHoldEnds() {
    looks.at("a", in(Duration.ofSeconds(90)));
    timer.pass(Duration.ofSeconds(89));
    assertThat(looked).isEmpty();
    timer.pass(Duration.ofHours(1));
    assertThat(looked).containsExactly("a@PT1M30S");
    assertThat(looks.alarms()).isZero();
  }

  @Test
  void replacesTheAlarmThatWasSetBefore() {
    looks.at("a", in(Duration.ofSeconds(10)));
    looks.at("a", in(Duration.ofSeconds(20)));
    assertThat(timer.waiting()).isEqualTo(1);
    timer.pass(Duration.ofMinutes(1));
    assertThat(looked).containsExactly("a@PT20S");
  }

  @Test
  void forgetsTheAlarmOfATargetThatNothingIsWrongWith() {
    looks.at("a", in(Duration.ofSeconds(10)));
    looks.never("a");
    timer.pass(Duration.ofMinutes(1));
    assertThat(looked).isEmpty();
    assertThat(timer.waiting()).isZero();
  }

  @Test
  void looksAtOnceWhenTheHoldHasEndedAlready() {
    looks.at("a", in(Duration.ofSeconds(-10)));
    timer.pass(Duration.ZERO);
    assertThat(looked).containsExactly("a@PT0S");
  }

  @Test
  void cutsWaitsShortThatNoTimerCanCount() {
    looks.at("a", in(Duration.ofDays(3_650_000)));
    looks.at("b", Decision.NO_END);
    timer.pass(Duration.ofDays(1));
    assertThat(looked).containsExactly("a@PT24H", "b@PT24H");
  }

  @Test
  void lookingAtThousandsOfTargetsLeavesNothingBehind() {
    for (int i = 0; i < 5_000; i++) {
      looks.soon("t" + i);
      looks.at("t" + i, in(Duration.ofSeconds(1 + i % 7)));
    }
    run();
    timer.pass(Duration.ofSeconds(10));
    assertThat(looked).hasSize(10_000);
    assertThat(looks.busy()).isZero();
    assertThat(looks.alarms()).isZero();
  }

  @Test
  void isQuietWhenTheThreadsHaveEnded() {
    lookers.shutdown();
    timer.shutdown();
    looks.soon("a");
    looks.at("a", in(Duration.ofSeconds(1)));
    assertThat(looks.busy()).isZero();
    assertThat(looks.alarms()).isZero();
  }

  @Test
  void isQuietWhenTheThreadsEndDuringALook() {
    look =
        actuator -> {
          looks.soon(actuator);
          lookers.shutdown();
          askers.shutdown();
          return new Look.Asks(() -> {});
        };
    looks.soon("a");
    run();
    assertThat(looks.busy()).isZero();
  }
}
