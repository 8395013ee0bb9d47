package dev.selfheal.action;

import static dev.selfheal.action.FakeMachine.ANSWERS;
import static dev.selfheal.action.FakeMachine.SILENT;
import static dev.selfheal.action.FakeMachine.unit;
import static dev.selfheal.action.Targets.BY_COMMAND;
import static dev.selfheal.action.Targets.BY_UNIT;
import static dev.selfheal.action.Targets.COMMAND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.action.CommandResult.Exited;
import dev.selfheal.action.CommandResult.NotStarted;
import dev.selfheal.action.CommandResult.TimedOut;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The act: what is done, what is left alone, and what it comes to. */
@Timeout(20)
class RestartAttemptTest {
  private final FakeMachine machine = new FakeMachine();

  @Test
  void restartsARunningUnitAndProvesIt() {
    machine.actRestarts(Duration.ofSeconds(3));
    Report report = restart(BY_UNIT);
    assertThat(report.result()).isEqualTo(new Result(Outcome.RECOVERED, Reason.PROVEN, true));
    assertThat(machine.resets).containsExactly(systemctl("reset-failed"));
    assertThat(machine.acts).containsExactly(systemctl("try-restart"));
    assertThat(report.text())
        .isEqualTo(
            """
            before: ollama.service active/running, InvocationID aa, main PID 10
            looked again for 0.0 s
            reset-failed: done
            command: systemctl --no-ask-password try-restart ollama.service
            it ended with status 0 after 0.0 s
            4.1 s after the command: the API answers, version 0.5.1
            after: ollama.service active/running, InvocationID bb, main PID 20
            it has no model to ask""");
  }

  @Test
  void prefersTheTargetsOwnCommandAndStillLooksAtItsUnit() {
    machine.actRestarts(Duration.ZERO);
    Report report = restart(Targets.withBoth());
    assertThat(report.result().reason()).isEqualTo(Reason.PROVEN);
    assertThat(machine.acts).containsExactly(COMMAND);
    assertThat(report.text()).contains("main PID 10").contains("main PID 20");
  }

  @Test
  void leavesAUnitThatDoesNotExistAlone() {
    machine.show = () -> unit("not-found", "inactive", "dead", "", 0);
    assertUntouched(
        Result.untouched(Reason.UNIT_MISSING), "ollama.service not-found inactive/dead");
  }

  @ParameterizedTest
  @CsvSource({
    "loaded,inactive,dead",
    "loaded,failed,failed",
    "loaded,activating,auto-restart",
    "loaded,deactivating,stop-sigterm",
  })
  void refusesAUnitThatIsNotActive(String load, String active, String sub) {
    machine.show = () -> unit(load, active, sub, "aa", 0);
    assertUntouched(new Result(Outcome.REFUSED, Reason.UNIT_NOT_ACTIVE, false), active + "/" + sub);
  }

  @Test
  void waitsForAUnitThatSomebodyElseIsJustRestarting() {
    machine.show =
        () ->
            machine.clock.instant().isBefore(FakeMachine.START.plusSeconds(3))
                ? unit("deactivating", "stop-sigterm", "aa", 10)
                : unit("active", "running", "bb", 20);
    machine.rest = () -> Rows.processes(Rows.serve(20, 'S', Duration.ofSeconds(1)));
    assertThat(restart(BY_UNIT).result())
        .isEqualTo(Result.of(Outcome.NOT_NEEDED, Reason.EXTERNAL_RESTART));
    assertThat(machine.acts).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"inactive,dead", "active,running"})
  void refusesAUnitThatIsMasked(String active, String sub) {
    machine.show = () -> unit("masked", active, sub, "aa", 0);
    assertUntouched(new Result(Outcome.REFUSED, Reason.UNIT_MASKED, false), active + "/" + sub);
  }

  static Stream<CommandResult> unreadable() {
    return Stream.of(
        new TimedOut(""),
        new Exited(1, "System has not been booted with systemd as init system"),
        new Exited(0, "nothing to say"));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void leavesAUnitAloneWhoseStateItCannotRead(CommandResult shown) {
    machine.show = () -> shown;
    assertUntouched(Result.untouched(Reason.UNIT_UNREADABLE), "ollama.service could not be read: ");
  }

  @Test
  void failsWithTheOutputOfACommandThatFails() {
    machine.act = () -> new Exited(5, "Access denied");
    Report report = restart(BY_UNIT);
    assertThat(report.result()).isEqualTo(new Result(Outcome.FAILED, Reason.COMMAND_FAILED, true));
    assertThat(report.text())
        .endsWith("it ended with status 5 after 0.0 s, and wrote:\nAccess denied");
    assertThat(machine.looks).isEmpty();
  }

  @Test
  void holdsTheTargetIfItsUnitCannotBeReadAfterACommandThatDidNotEnd() {
    machine.act =
        () -> {
          machine.show = () -> new TimedOut("");
          return new TimedOut("");
        };
    Report report = restart(BY_UNIT);
    assertThat(report.result())
        .isEqualTo(new Result(Outcome.ABANDONED, Reason.UNIT_UNREADABLE, true));
  }

  @Test
  void spendsNothingWhenTheCommandCannotBeStarted() {
    machine.act = () -> new NotStarted("no such file");
    Report report = restart(BY_COMMAND);
    assertThat(report.result()).isEqualTo(Result.untouched(Reason.COMMAND_NOT_STARTED));
    assertThat(report.text()).contains("it could not be started: no such file");
    assertThat(machine.looks).isEmpty();
  }

  @Test
  void provesARestartWhoseCommandWasStopped() {
    machine.act =
        () -> {
          machine.clock.advance(Target.ACT_LIMIT);
          machine.startAnew(Duration.ofSeconds(1));
          return new TimedOut("waiting");
        };
    Report report = restart(BY_UNIT);
    assertThat(report.result().reason()).isEqualTo(Reason.PROVEN);
    assertThat(report.text())
        .contains("it was stopped after 60.0 s, when its time was over, and wrote:\nwaiting");
  }

  @Test
  void failsWhenTheCommandWasStoppedAndNothingIsProven() {
    machine.act = () -> new TimedOut("");
    Report report = restart(BY_UNIT);
    assertThat(report.result())
        .isEqualTo(new Result(Outcome.FAILED, Reason.COMMAND_TIMED_OUT, true));
    assertThat(machine.looks).as("looks").hasSizeGreaterThan(10);
  }

  @Test
  void takesNoAnsweringApiForAProofWhenTheCommandWasStoppedAndNoUnitShowsWhatItDid() {
    machine.api = () -> ANSWERS;
    machine.act = () -> new TimedOut("");
    Report report = restart(BY_COMMAND);
    assertThat(report.result())
        .isEqualTo(new Result(Outcome.FAILED, Reason.COMMAND_TIMED_OUT, true));
    assertThat(report.text()).contains("last seen").contains("the API answers");
  }

  @Test
  void stopsTheActBeforeTheDeadlineHoweverLittleTimeRecoveryMayTake() {
    restart(Targets.byUnit(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    assertThat(machine.actLimits).containsExactly(Duration.ofSeconds(63 - 10));
  }

  @Test
  void givesTheActAMinuteFromTheStartOfTheAttempt() {
    machine.clock.advance(Duration.ofSeconds(12));
    restart(BY_UNIT);
    assertThat(machine.actLimits).containsExactly(Duration.ofSeconds(48));
  }

  @Test
  void givesTheActAMinuteWhenTheClockWasSetBack() {
    machine.clock.advance(Duration.ofHours(-1));
    restart(BY_UNIT);
    assertThat(machine.actLimits).containsExactly(Target.ACT_LIMIT);
  }

  @Test
  void doesNotBeginWhenTheTimeForTheActIsOver() {
    machine.clock.advance(Target.ACT_LIMIT);
    Report report = restart(BY_COMMAND);
    assertThat(report.result()).isEqualTo(Result.untouched(Reason.COMMAND_NOT_STARTED));
    assertThat(report.text()).contains("over before it began").contains("nothing was touched");
    assertThat(machine.acts).isEmpty();
  }

  @Test
  void leavesAnAttemptOpenThatIsInterruptedBeforeTheAct() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> restart(BY_UNIT)).isInstanceOf(InterruptedAttempt.class);
    assertThat(Thread.interrupted()).as("the interrupt is still set").isTrue();
    assertThat(machine.acts).isEmpty();
  }

  @Test
  void leavesAnAttemptOpenWhoseCommandEndedWellAfterTheReceiverWasToldToEnd() {
    machine.act =
        () -> {
          machine.startAnew(Duration.ofSeconds(5));
          Thread.currentThread().interrupt();
          return new Exited(0, "restarted");
        };
    assertThatThrownBy(() -> restart(BY_UNIT))
        .isInstanceOf(InterruptedAttempt.class)
        .hasMessageContaining("it ended with status 0");
    assertThat(Thread.interrupted()).as("the interrupt is still set").isTrue();
  }

  @Test
  void failsWithACommandThatFailedAfterTheReceiverWasToldToEnd() {
    machine.act =
        () -> {
          Thread.currentThread().interrupt();
          return new Exited(5, "Access denied");
        };
    assertThat(restart(BY_UNIT).result().reason()).isEqualTo(Reason.COMMAND_FAILED);
    assertThat(Thread.interrupted()).as("the interrupt is still set").isTrue();
  }

  @Test
  void leavesAnAttemptOpenThatIsInterruptedDuringTheProof() {
    machine.onPause = () -> Thread.currentThread().interrupt();
    assertThatThrownBy(() -> restart(BY_UNIT))
        .isInstanceOf(InterruptedAttempt.class)
        .hasMessageContaining("command: systemctl --no-ask-password try-restart ollama.service")
        .hasMessageEndingWith("interrupted: the receiver was told to stop");
    assertThat(Thread.interrupted()).as("the interrupt is still set").isTrue();
    assertThat(machine.looks).hasSize(1);
  }

  @Test
  void keepsTheTextBelowSixteenKibibytes() {
    String longest = "\u20ac".repeat(8192 / 3);
    machine.act = () -> new TimedOut(longest);
    machine.show = () -> unit("active", "x".repeat(5000), "y".repeat(5000), 10);
    Report report = restart(Targets.byCommand(List.of("docker", "z".repeat(100_000))));
    assertThat(report.text()).contains("docker zzz").contains("last seen");
    assertThat(report.text().getBytes(StandardCharsets.UTF_8).length).isLessThan(16 << 10);
    assertThat(restart(BY_UNIT).text().length()).isLessThan(16 << 10);
  }

  @Test
  void saysTheStateOfAUnitInOneLine() {
    Restarter restarter = machine.restarter();
    assertThat(restarter.look(BY_UNIT))
        .isEqualTo(
            new Sighting(true, "ollama.service active/running, InvocationID aa, main PID 10"));
    machine.show = () -> new Exited(1, "Failed to\nconnect to bus");
    Sighting unread = restarter.look(BY_UNIT);
    assertThat(unread.seen()).isFalse();
    assertThat(unread.text()).startsWith("ollama.service could not be read: ");
    Sighting without = restarter.look(BY_COMMAND);
    assertThat(without.seen()).isTrue();
    assertThat(without.text()).startsWith("no unit");
    assertThat(machine.acts).isEmpty();
  }

  @Test
  void saysThatTheStateOfAUnitCouldNotBeReadWhenInterrupted() {
    Thread.currentThread().interrupt();
    Sighting unread = machine.restarter().look(BY_UNIT);
    assertThat(unread)
        .isEqualTo(new Sighting(false, "ollama.service could not be read: interrupted"));
    assertThat(Thread.interrupted()).as("the interrupt is still set").isTrue();
  }

  private void assertUntouched(Result expected, String text) {
    machine.api = () -> ANSWERS;
    Report report = restart(BY_UNIT);
    assertThat(report.result()).isEqualTo(expected);
    assertThat(report.text()).startsWith("before: ollama.service").contains(text);
    assertThat(report.text()).endsWith("nothing was touched");
    assertThat(machine.acts).isEmpty();
    machine.api = () -> SILENT;
  }

  private Report restart(Target target) {
    return machine.restart(target);
  }

  private static List<String> systemctl(String verb) {
    return List.of("systemctl", "--no-ask-password", verb, "ollama.service");
  }
}
