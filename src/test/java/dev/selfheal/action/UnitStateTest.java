package dev.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitStateTest {
  private static final String RUNNING =
      """
      MainPID=1234
      LoadState=loaded
      ActiveState=active
      SubState=running
      InvocationID=5c1f0c5e6bd94b6cb7f9a7a0a5f2f6ad
      """;

  private static final UnitState BEFORE = new UnitState("loaded", "active", "running", "aa", 10);

  @Test
  void aStopThatIsHalfOfARestartIsNobodysWishThatItBeDown() {
    String text = "LoadState=loaded\nActiveState=%s\nMainPID=10\nJobType=%s\n";
    assertThat(UnitState.parse(text.formatted("deactivating", "restart")))
        .hasValueSatisfying(state -> assertThat(state.stoppingToRestart()).isTrue());
    assertThat(UnitState.parse(text.formatted("deactivating", "stop")))
        .hasValueSatisfying(state -> assertThat(state.stoppingToRestart()).isFalse());
    assertThat(UnitState.parse(text.formatted("activating", "restart")))
        .hasValueSatisfying(state -> assertThat(state.stoppingToRestart()).isFalse());
  }

  @Test
  void readsARunningUnit() {
    assertThat(UnitState.parse(RUNNING))
        .contains(
            new UnitState("loaded", "active", "running", "5c1f0c5e6bd94b6cb7f9a7a0a5f2f6ad", 1234));
  }

  @Test
  void readsTheLinesInAnyOrderAndPassesOverOthers() {
    String text =
        """
        Warning: The unit file of ollama.service changed on disk.
        InvocationID=
        SubState=dead
        SomethingNew=a=b=c
        ActiveState=inactive

        LoadState=masked
        MainPID=0
        """;
    assertThat(UnitState.parse(text)).contains(new UnitState("masked", "inactive", "dead", "", 0));
  }

  @Test
  void readsAUnitThatIsNoServiceAsOneWithoutAMainProcess() {
    assertThat(UnitState.parse("LoadState=loaded\nActiveState=active\nSubState=mounted\n"))
        .contains(new UnitState("loaded", "active", "mounted", "", 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "System has not been booted with systemd as init system (PID 1). Can't operate.",
        "ActiveState=active",
        "LoadState=loaded\nActiveState=\nMainPID=1",
        "LoadState=loaded\nActiveState=active\nMainPID=many",
        "LoadState=loaded\nActiveState=active\nMainPID=-1",
        "LoadState=loaded\nActiveState=active\nMainPID=99999999999",
      })
  void readsNothingFromWhatSaysNoState(String text) {
    assertThat(UnitState.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "active,true",
    "reloading,true",
    "inactive,false",
    "failed,false",
    "activating,false",
    "deactivating,false",
    "maintenance,false",
  })
  void isActiveOnlyWhenItIsUp(String activeState, boolean active) {
    assertThat(new UnitState("loaded", activeState, "x", "aa", 10).active()).isEqualTo(active);
  }

  @ParameterizedTest
  @CsvSource({
    "bb, 11, true",
    "bb, 10, false",
    "aa, 11, false",
    "aa, 10, false",
    "'', 11, false",
    "bb, 0, true",
  })
  void wasStartedAnewOnlyWithAnotherInvocationAndAnotherProcess(
      String invocation, long pid, boolean anew) {
    UnitState after = new UnitState("loaded", "active", "running", invocation, pid);
    assertThat(after.startedSince(BEFORE)).isEqualTo(anew);
  }

  @Test
  void runsOnlyWithAMainProcess() {
    assertThat(BEFORE.running()).isTrue();
    assertThat(new UnitState("loaded", "active", "exited", "aa", 0).running()).isFalse();
    assertThat(new UnitState("loaded", "deactivating", "stop", "aa", 10).running()).isFalse();
  }

  @Test
  void isOneLineForPeople() {
    assertThat(BEFORE.of("ollama.service"))
        .isEqualTo("ollama.service active/running, InvocationID aa, main PID 10");
    assertThat(new UnitState("not-found", "inactive", "dead", "", 0).of("ollama.service"))
        .isEqualTo("ollama.service not-found inactive/dead, no InvocationID, no main process");
  }
}
