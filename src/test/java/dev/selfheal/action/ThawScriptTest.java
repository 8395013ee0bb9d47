package dev.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.ToolRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The end of a freeze, with a fake systemd: its timer goes only when all goes on. */
class ThawScriptTest {
  private static final String SCRIPT = Path.of("src/deb/lib/thaw").toAbsolutePath().toString();
  private static final String GO_ON = "kill --signal=SIGCONT -- ollama.service";
  private static final String NO_TIMER = "stop -- selfheal-thaw@ollama.timer";

  @TempDir Path folder;

  /** One of its kills fails, if a test says which. */
  @BeforeEach
  void aSystemd() throws IOException {
    Path file = Files.createDirectory(folder.resolve("bin")).resolve("systemctl");
    Files.writeString(
        file,
        """
        #!/bin/sh
        echo "$*" >>calls
        case $1 in
          kill) [ "$(grep -c ^kill calls)" != "$(cat fails)" ] ;;
          is-active) cat state; exit 3 ;;
          stop) case $* in *freeze*) [ ! -e hangs ] ;; esac ;;
        esac
        """);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    state("active");
    fails(0);
  }

  private void state(String state) throws IOException {
    Files.writeString(folder.resolve("state"), state + "\n");
  }

  /** Which of its kills fails; 0 for none. */
  private void fails(int which) throws IOException {
    Files.writeString(folder.resolve("fails"), String.valueOf(which));
  }

  private ToolRun thaw() {
    return ToolRun.shell(folder, "PATH=$PWD/bin:$PATH sh " + SCRIPT + " ollama");
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  @Test
  void lastOfAllStopsTheTimerAndLetsWhatWasStoppedMeanwhileGoOn() throws IOException {
    assertThat(thaw()).isEqualTo(new ToolRun(0, ""));
    assertThat(calls()).hasSize(5).startsWith(GO_ON).endsWith(GO_ON, NO_TIMER, GO_ON);
  }

  @ParameterizedTest
  @CsvSource({"1, active", "2, active", "1, deactivating", "1, ''"})
  void keepsTheTimerWhileSomethingMayBeFrozen(int which, String state) throws IOException {
    fails(which);
    state(state);
    ToolRun ran = thaw();
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.output()).contains("ollama.service could not be told to go on");
    assertThat(calls()).doesNotContain(NO_TIMER);
  }

  @Test
  void isRepeatedIfTheLastFails() throws IOException {
    fails(3);
    assertThat(thaw().exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1, inactive", "2, failed", "3, inactive"})
  void aUnitWithoutProcessesIsNoFailure(int which, String state) throws IOException {
    fails(which);
    state(state);
    assertThat(thaw()).isEqualTo(new ToolRun(0, ""));
  }

  @Test
  void keepsTheTimerWhileAFreezeDoesNotEnd() throws IOException {
    Files.createFile(folder.resolve("hangs"));
    assertThat(thaw().output()).contains("a freeze of ollama.service could not be ended");
    assertThat(calls()).doesNotContain(NO_TIMER);
  }

  @Test
  void endsTheFreezesOfItsUnitAndOfNoOther() throws IOException {
    thaw();
    String stop = calls().get(1).replace("stop -- ", "");
    assertThat(Stream.of("runner-10", "serve-99", "runner-185", "serve-3600"))
        .allMatch(freeze -> ends(stop, freeze + "-ollama"));
    assertThat(Stream.of("185-gpu-0-ollama", "10-1-ollama", "10-ollama2", "9-ollama", "010-ollama"))
        .noneMatch(freeze -> ends(stop, "runner-" + freeze) || ends(stop, "serve-" + freeze));
  }

  /** Whether one of these patterns is that of a freeze. */
  private boolean ends(String patterns, String freeze) {
    String commands =
        "case 'selfheal-freeze@%s.service' in %s) ;; *) exit 1 ;; esac"
            .formatted(freeze, patterns.replace(" ", "|"));
    return ToolRun.shell(folder, commands).exitCode() == 0;
  }

  @Test
  void shellcheckHasNothingToSayOfBothScriptsOfADrill() {
    String freeze = Path.of("src/deb/lib/freeze").toAbsolutePath().toString();
    assertThat(ToolRun.shellcheck("-s", "sh", SCRIPT, freeze)).isEqualTo(new ToolRun(0, ""));
  }
}
