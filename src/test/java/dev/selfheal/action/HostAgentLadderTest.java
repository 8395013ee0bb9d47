package dev.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.AgentHost.Ran;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent's verbs for a ladder. */
class HostAgentLadderTest {
  /**
   * A unit with a restart in its queue from when it was asked for; it is done at the third look
   * after the kill, and the main process is another one then.
   */
  private static final String UNIT =
      """
      case "$*" in
        *"-p LoadState -- "*) echo LoadState=$(cat load) ;;
        *show*)
          [ ! -e killed ] || echo . >>looks
          pid=10
          [ ! -e looks ] || [ "$(grep -c . looks)" -lt 3 ] || { pid=20; . ./later; }
          echo MainPID=$pid
          echo ActiveState=$(cat state)
          [ ! -e jobs ] || echo Job=8
          cat settings
          ;;
        *list-jobs*) echo "7 other.service stop running"; cat jobs 2>/dev/null ;;
        *--kill-who=control*) cat right >&2; exit 1 ;;
        *--job-mode*) exit 1 ;;
        *try-restart*)
          [ ! -e refused ] || exit 4
          for unit; do :; done
          [ -e quick ] || echo "8 $unit restart running" >jobs
          ;;
        *"kill -s KILL"*) touch killed; exit $(cat status 2>/dev/null || echo 0) ;;
      esac
      """;

  private static final String ASK =
      "systemctl --no-ask-password kill --kill-who=control -s URG -- ollama.service";
  private static final String QUEUE =
      "systemctl --no-ask-password --no-block try-restart -- ollama.service";
  private static final String KILL = "systemctl --no-ask-password kill -s KILL -- ollama.service";

  @TempDir Path folder;
  private AgentHost host;

  @BeforeEach
  void aHost() {
    host = new AgentHost(folder).fake("systemctl", UNIT);
    state("active");
    host.write("bin/load", "loaded");
    host.write("bin/right", "Failed to kill unit ollama.service: No control process to kill\n");
    settings("control-group", "no");
    later("rm -f jobs");
  }

  /** What has happened at the third look after the kill. */
  private void later(String commands) {
    host.write("bin/later", commands);
  }

  private void settings(String killMode, String restart) {
    host.write("bin/settings", "KillMode=%s\nRestart=%s\n".formatted(killMode, restart));
  }

  private void state(String state) {
    host.write("bin/state", state);
  }

  private List<String> acts() {
    return host.calls().stream()
        .filter(call -> call.startsWith("systemctl"))
        .filter(call -> !call.contains("show") && !call.contains("list-jobs"))
        .toList();
  }

  /** So whoever ends the script between two of its steps, the unit comes back. */
  @ParameterizedTest
  @MethodSource("dev.selfheal.action.AgentHost#shells")
  void theRestartIsInSystemdsQueueBeforeTheKillAndItsEndIsAwaited(List<String> shell) {
    host.shell(shell.toArray(String[]::new));
    assertThat(host.overSsh("kill").status()).isZero();
    assertThat(acts()).containsExactly(ASK, QUEUE, KILL);
    assertThat(host.calls().stream().filter(call -> call.contains("show"))).hasSize(5);
  }

  @Test
  void theReceiversOwnHostIsKilledByTheSameText() {
    host.with("SELFHEAL_UNIT", "ollama@1.service");
    assertThat(host.here("kill").status()).isZero();
    assertThat(acts()).hasSize(3).allMatch(call -> call.endsWith("-- ollama@1.service"));
  }

  @Test
  void aMissingRightToKillRestartsNothing() {
    host.write("bin/right", "Failed to kill unit: Interactive authentication required.\n");
    Ran ran = host.overSsh("kill");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.errors()).contains("Interactive authentication required");
    assertThat(acts()).containsExactly(ASK);
  }

  @Test
  void nothingIsKilledThatCouldNotBeRestarted() {
    host.write("bin/refused", "");
    assertThat(host.overSsh("kill").status()).isEqualTo(4);
    assertThat(acts()).containsExactly(ASK, QUEUE);
  }

  @Test
  void aKillThatFailsIsTold() {
    host.write("bin/status", "4");
    assertThat(host.overSsh("kill").status()).isEqualTo(4);
  }

  @Test
  void whatSomebodyStopsMeanwhileStaysStopped() {
    later("rm -f jobs; echo inactive >state");
    Ran ran = host.overSsh("kill");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.errors()).contains("the unit is inactive and was not started");
    assertThat(acts()).containsExactly(ASK, QUEUE, KILL);
  }

  @Test
  void aUnitThatDoesNotComeBackIsWaitedForOnlySoLong() {
    later("echo deactivating >state");
    host.fake("sleep", "[ $1 = 0.2 ] || exec /usr/bin/sleep \"$@\"");
    Ran ran = host.overSsh("kill");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.errors()).contains("the unit is deactivating and was not started");
  }

  /** A kill would end the new processes, and nothing would start them again. */
  @ParameterizedTest
  @CsvSource({
    "control-group, no, 0, nothing left to kill",
    "mixed, always, 0, nothing left to kill",
    "process, no, 1, with Restart=no the unit would stay down",
    "none, on-success, 1, with Restart=on-success the unit would stay down"
  })
  void aRestartThatIsDoneBeforeTheKillIsNotKilled(
      String mode, String restart, int status, String words) {
    host.write("bin/quick", "");
    settings(mode, restart);
    Ran ran = host.overSsh("kill");
    assertThat(ran.status()).isEqualTo(status);
    assertThat(ran.errors()).contains(words);
    assertThat(acts()).containsExactly(ASK, QUEUE);
  }

  @Test
  void whatAQuickRestartLeftBehindIsKilledIfTheUnitComesBackByItself() {
    host.write("bin/quick", "");
    settings("process", "on-failure");
    assertThat(host.overSsh("kill").status()).isZero();
    assertThat(acts()).containsExactly(ASK, QUEUE, KILL);
  }

  @ParameterizedTest
  @CsvSource({"inactive, ''", "failed, ''", "activating, start", "deactivating, stop"})
  void whatIsNotUpIsLeftAlone(String state, String job) {
    state(state);
    host.write("bin/jobs", "8 ollama.service " + job + " running\n");
    Ran ran = host.overSsh("kill");
    assertThat(ran.status()).isEqualTo(75);
    assertThat(ran.errors()).contains("was left alone");
    assertThat(acts()).isEmpty();
  }

  @Test
  void whatHangsInTheStopOfARestartIsKilled() {
    state("deactivating");
    host.write("bin/jobs", "8 ollama.service restart running\n");
    assertThat(host.overSsh("status").section("unit")).contains("JobType=restart");
    host.write("bin/quick", ""); // systemd keeps the job that it has
    later("rm -f jobs; echo active >state");
    assertThat(host.overSsh("kill").status()).isZero();
    assertThat(acts()).containsExactly(ASK, QUEUE, KILL);
  }

  @Test
  void theRightToKillIsAskedForByWhatSystemdNeverDoes() {
    host.overSsh("may-kill");
    assertThat(host.calls())
        .containsExactly(
            ASK, "systemctl --no-ask-password try-restart --job-mode=triggering -- ollama.service");
  }

  @Test
  void theCommandIsTheStartOfOneUnitAndItsRightIsAskedForInTheSameWay() {
    assertThat(host.overSsh("ladder-command").status()).isZero();
    host.overSsh("may-ladder-command");
    assertThat(acts())
        .containsExactly(
            "systemctl --no-ask-password start -- selfheal-ladder.service",
            "systemctl --no-ask-password start --job-mode=triggering -- selfheal-ladder.service");
  }

  @Test
  void aCommandThatNobodyHasWrittenIsToldAsSuch() {
    host.write("bin/load", "not-found");
    Ran ran = host.overSsh("may-ladder-command");
    assertThat(ran.status()).isEqualTo(69);
    assertThat(ran.errors()).contains("selfheal-ladder.service is not installed");
  }
}
