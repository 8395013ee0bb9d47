package dev.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.Target;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody forbids between the start of an attempt and the act. */
@Timeout(20)
class LastWordTest {
  private final FakeMachine machine = new FakeMachine();
  private final Target target = Targets.withLadder();

  @ParameterizedTest
  @EnumSource
  void nothingIsTouchedAfterAnObjection(Action action) {
    Report report = machine.act(target, action, () -> Optional.of(Reason.PAUSED));
    assertThat(report.result()).isEqualTo(new Result(Outcome.REFUSED, Reason.PAUSED, false));
    assertThat(report.text())
        .contains("called off right before the act: automatic action is paused")
        .endsWith("nothing was touched");
    assertThat(machine.resets).isEmpty();
    assertNotActed();
  }

  @ParameterizedTest
  @EnumSource(names = {"RESTART", "KILL"})
  void anObjectionThatComesWhileTheCounterIsClearedIsHeard(Action action) {
    LastWord late =
        () -> machine.resets.isEmpty() ? Optional.empty() : Optional.of(Reason.QUIET_HOURS);
    Report report = machine.act(target, action, late);
    assertThat(report.result()).isEqualTo(Result.heldBack(Reason.QUIET_HOURS));
    assertThat(report.text()).endsWith("the server was not touched");
    assertNotActed();
  }

  @Test
  void itIsAskedWhenAllLooksAreOver() {
    machine.evidence = "[journal]\nwhat the host showed\n";
    machine.show = () -> FakeMachine.unit("activating", "start", "aa", 10);
    machine.onPause = () -> machine.show = () -> FakeMachine.unit("active", "running", "aa", 10);
    LastWord word =
        () ->
            machine.clock.instant().isAfter(FakeMachine.START)
                ? Optional.of(Reason.MODE_CHANGED)
                : Optional.empty();
    Report report = machine.act(target, Action.RESTART, word);
    assertThat(report.result().reason()).isEqualTo(Reason.MODE_CHANGED);
    assertThat(report.evidence()).contains("what the host showed");
    assertNotActed();
  }

  @Test
  void nobodyIsAskedAboutWhatIsCalledOffAnyway() {
    machine.show = () -> FakeMachine.unit("inactive", "dead", "aa", 0);
    LastWord never =
        () -> {
          throw new AssertionError("nothing would be touched");
        };
    assertThat(machine.act(target, Action.RESTART, never).result().reason())
        .isEqualTo(Reason.UNIT_NOT_ACTIVE);
  }

  @Test
  void anObjectionDuringTheProofComesTooLate() {
    machine.actRestarts(Duration.ofSeconds(3));
    LastWord afterwards =
        () -> machine.acts.isEmpty() ? Optional.empty() : Optional.of(Reason.PAUSED);
    assertThat(machine.act(target, Action.RESTART, afterwards).result().outcome())
        .isEqualTo(Outcome.RECOVERED);
  }

  private void assertNotActed() {
    assertThat(machine.acts).isEmpty();
    assertThat(machine.kills).isEmpty();
  }
}
