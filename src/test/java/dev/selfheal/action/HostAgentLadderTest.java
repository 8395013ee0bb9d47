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
  /** A unit whose main process is reaped at the third look after it was killed. */
  private static final String UNIT =
      """
      case "$*" in
        *"-p LoadState -- "*) echo LoadState=$(cat load) ;;
        *show*)
          [ ! -e killed ] || echo . >>looks
          pid=10
          [ ! -e looks ] || [ "$(grep -c . looks)" -lt 3 ] || pid=0
          echo MainPID=$pid
          echo ActiveState=$(cat state)
          ;;
        *list-jobs*) echo "7 other.service stop running"; cat jobs 2>/dev/null ;;
        *"kill -s KILL"*) touch killed; exit $(cat status 2>/dev/null || echo 0) ;;
      esac
      """;

  @TempDir Path folder;
  private AgentHost host;

  @BeforeEach
  void aHost() {
    host = new AgentHost(folder).fake("systemctl", UNIT);
    state("active");
    host.write("bin/load", "loaded");
  }

  private void state(String state) {
    host.write("bin/state", state);
  }

  private List<String> acts() {
    return host.calls().stream()
        .filter(call -> !call.contains("show") && !call.contains("list-jobs"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("dev.selfheal.action.AgentHost#shells")
  void aKilledUnitIsStartedOnlyWhenItsProcessIsGone(List<String> shell) {
    host.shell(shell.toArray(String[]::new));
    assertThat(host.overSsh("kill").status()).isZero();
    assertThat(acts())
        .containsExactly(
            "systemctl --no-ask-password kill -s KILL -- ollama.service",
            "systemctl --no-ask-password start -- ollama.service");
    assertThat(host.calls().stream().filter(call -> call.contains("show"))).hasSize(4);
  }

  @Test
  void theReceiversOwnHostIsKilledByTheSameText() {
    host.with("SELFHEAL_UNIT", "ollama@1.service");
    assertThat(host.here("kill").status()).isZero();
    assertThat(acts()).hasSize(2).allMatch(call -> call.endsWith("-- ollama@1.service"));
  }

  @Test
  void nothingIsStartedWhenTheKillWasRefused() {
    host.write("bin/status", "4");
    assertThat(host.overSsh("kill").status()).isEqualTo(4);
    assertThat(acts()).hasSize(1);
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
    assertThat(host.overSsh("kill").status()).isZero();
    assertThat(acts()).hasSize(2);
    assertThat(host.overSsh("status").section("unit")).contains("JobType=restart");
  }

  @Test
  void theRightToKillIsAskedForByWhatSystemdNeverDoes() {
    host.overSsh("may-kill");
    assertThat(host.calls())
        .containsExactly(
            "systemctl --no-ask-password kill --kill-who=control -s URG -- ollama.service",
            "systemctl --no-ask-password start --job-mode=triggering -- ollama.service");
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
