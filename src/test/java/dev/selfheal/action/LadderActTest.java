package dev.selfheal.action;

import static dev.selfheal.action.FakeMachine.unit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.CommandResult.Exited;
import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.Target;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stronger acts, on the receiver's own host. */
@Timeout(20)
class LadderActTest {
  private static final String STUCK = "\nJobType=";

  private final FakeMachine machine = new FakeMachine();
  private final Target target = Targets.withLadder();

  @Test
  void aKillIsProvenLikeARestartAndComesOutOfTheSameTime() {
    machine.actRestarts(Duration.ofSeconds(3));
    Report report = machine.act(target, Action.KILL);
    assertThat(report.result()).isEqualTo(Result.of(Outcome.RECOVERED, Reason.PROVEN));
    assertThat(machine.kills).containsExactly(Target.ACT_LIMIT);
    assertThat(machine.acts).isEmpty();
    assertThat(machine.resets).hasSize(1);
    assertThat(report.text())
        .contains(
            "command: systemctl --no-block try-restart ollama.service,"
                + " and systemctl kill -s KILL ollama.service");
  }

  @Test
  void theCommandIsRunWordByWord() {
    machine.actRestarts(Duration.ZERO);
    Report report = machine.act(target, Action.COMMAND);
    assertThat(report.result().reason()).isEqualTo(Reason.PROVEN);
    assertThat(machine.acts).containsExactly(Targets.COMMAND);
    assertThat(machine.kills).isEmpty();
  }

  @Test
  void aKillThatDoesNotHelpIsToldLikeARestart() {
    machine.act = () -> new Exited(0, "");
    assertThat(machine.act(target, Action.KILL).result().outcome())
        .isEqualTo(Outcome.NOT_RECOVERED);
  }

  @ParameterizedTest
  @CsvSource({"KILL, 62-ollama-selfheal-kill.rules", "COMMAND, 63-ollama-selfheal-ladder.rules"})
  void aMissingRightNamesTheFileThatGivesIt(Action step, String file) {
    machine.act = () -> new Exited(1, "Failed: Interactive authentication required.");
    List<String> start = List.of("/usr/bin/systemctl", "start", "selfheal-ladder.service");
    Report report = machine.act(Targets.withLadder(start), step);
    assertThat(report.result()).isEqualTo(Result.of(Outcome.FAILED, Reason.RIGHT_MISSING));
    assertThat(report.text()).endsWith(file + " /etc/polkit-1/rules.d/");
  }

  @Test
  void noFileIsNamedForARightThatPolkitDoesNotGive() {
    machine.act = () -> new Exited(1, "permission denied while connecting to the daemon's socket");
    Report report = machine.act(target, Action.COMMAND);
    assertThat(report.result()).isEqualTo(Result.of(Outcome.FAILED, Reason.COMMAND_FAILED));
    assertThat(report.text()).doesNotContain("polkit");
  }

  @Test
  void anotherErrorIsNotTakenForAMissingRight() {
    machine.act = () -> new Exited(1, "modprobe: FATAL: Module nvidia_uvm is in use.");
    assertThat(machine.act(target, Action.COMMAND).result().reason())
        .isEqualTo(Reason.COMMAND_FAILED);
  }

  @ParameterizedTest
  @CsvSource({"KILL, inactive, ''", "COMMAND, inactive, ''", "KILL, deactivating, stop"})
  void whatSomebodyHasStoppedIsNeverTouched(Action step, String active, String job) {
    machine.show = () -> stopping(active, job);
    assertThat(machine.act(target, step).result().reason()).isEqualTo(Reason.UNIT_NOT_ACTIVE);
    assertThat(machine.acts).isEmpty();
    assertThat(machine.kills).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"KILL, PROVEN", "COMMAND, PROVEN", "RESTART, UNIT_NOT_ACTIVE"})
  void aRestartThatHangsInTheStopIsForTheStrongerActs(Action step, Reason reason) {
    machine.show = () -> stopping("deactivating", "restart");
    machine.actRestarts(Duration.ZERO);
    assertThat(machine.act(target, step).result().reason()).isEqualTo(reason);
  }

  private static CommandResult stopping(String active, String job) {
    Exited shown = (Exited) unit(active, "x", "aa", 10);
    return new Exited(0, shown.output() + STUCK + job);
  }

  @Test
  void theOrderForARestartIsTheUsualOne() {
    Order order = new Order(target, FakeMachine.START, FakeMachine.START, false);
    assertThat(order.action()).isEqualTo(Action.RESTART);
    assertThat(List.of(Action.values()))
        .extracting(Action::label)
        .containsExactly("restart", "kill", "command");
  }
}
