package dev.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.ToolRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The root script of a drill, with a real process to stop and a fake systemd. What it says of the
 * process stands behind its own words: {@code T} for stopped, {@code --} for one that goes on.
 */
class FreezeScriptTest {
  private static final Path SCRIPT = Path.of("src/deb/lib/freeze");
  private static final String OWN_GROUP = "sed -n '$s/^[^:]*:[^:]*://p' /proc/self/cgroup";

  @TempDir Path folder;

  @BeforeEach
  void aHost() throws IOException {
    Files.writeString(
        folder.resolve("freeze"),
        Files.readString(SCRIPT).replace("/usr/lib/selfheal/host-agent", "agent"));
    process("runner");
    Files.createDirectory(folder.resolve("bin"));
    systemctl(OWN_GROUP, ":");
    fake("systemd-run", "touch timer");
  }

  /** What the process is that a freeze may stop. */
  private void process(String role) throws IOException {
    Files.writeString(
        folder.resolve("agent"),
        "echo '[processes]'; echo \"$(cat pid) 1 S 0 0 0 - %s\"\n".formatted(role));
  }

  /** Its timer is armed while the file {@code timer} is there; a thaw ends nothing by itself. */
  private void systemctl(String group, String whenAsked) throws IOException {
    fake(
        "systemctl",
        "case $* in 'is-active '*thaw*) test -e timer; armed=$?; %s; exit $armed ;; show*) %s ;; esac"
            .formatted(whenAsked, group));
  }

  private void fake(String name, String commands) throws IOException {
    Path file = folder.resolve("bin/" + name);
    Files.writeString(file, "#!/bin/sh\necho %s \"$@\" >>calls\n%s\n".formatted(name, commands));
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private String freeze(String wish) {
    ToolRun ran =
        ToolRun.shell(
            folder,
            """
            PATH=$PWD/bin:$PATH
            sleep 30 &
            echo $! >pid
            sh freeze '%s'
            status=$? state=$(cut -d' ' -f3 /proc/$(cat pid)/stat)
            case $state in T) ;; *) state=-- ;; esac
            echo "status $status, process $state"
            kill -KILL $(cat pid)
            """
                .formatted(wish));
    return ran.output();
  }

  private String calls() throws IOException {
    return Files.readString(folder.resolve("calls"));
  }

  @Test
  void stopsTheRunnerAfterTheTimerIsArmed() throws IOException {
    assertThat(freeze("runner-60-ollama"))
        .contains("stopped the runner of ollama.service for 60 s at most")
        .contains("status 0, process T");
    assertThat(calls())
        .contains("systemd-run --quiet --unit=selfheal-thaw@ollama.service --on-active=60s");
  }

  @Test
  void stopsTheServerIfThatIsWhatIsToBeStopped() throws IOException {
    process("serve");
    assertThat(freeze("serve-60-ollama"))
        .contains("stopped the serve of ollama.service for 60 s at most")
        .contains("status 0, process T");
  }

  @ParameterizedTest
  @CsvSource({"runner, serve", "serve, runner"})
  void stopsNothingElse(String what, String role) throws IOException {
    process(role);
    assertThat(freeze(what + "-60-ollama"))
        .contains("ollama.service has no %s that could be frozen".formatted(what))
        .contains("status 75, process --");
  }

  @Test
  void leavesTheTimerOfAnotherFreezeAlone() throws IOException {
    Files.createFile(folder.resolve("timer"));
    assertThat(freeze("runner-60-ollama"))
        .contains("ollama.service is in another freeze")
        .contains("status 75, process --");
    assertThat(calls()).doesNotContain("stop", "systemd-run");
  }

  @Test
  void stopsNothingWithoutItsTimer() throws IOException {
    fake("systemd-run", "exit 1");
    assertThat(freeze("runner-60-ollama")).contains("status 69, process --");
  }

  @Test
  void stopsNoProcessOfAnotherUnit() throws IOException {
    systemctl("echo /other.slice/other.service", ":");
    assertThat(freeze("runner-60-ollama"))
        .contains("ollama.service has no runner that could be frozen")
        .contains("status 75, process --");
  }

  @Test
  void aTimerThatSomebodyStopsInBetweenEndsTheFreeze() throws IOException {
    // The look after it was armed finds it; the one after the stop does not.
    systemctl(OWN_GROUP, "[ ! -e timer ] || rm timer");
    assertThat(freeze("runner-60-ollama"))
        .contains("it was ended at once; nothing stays frozen")
        .contains("status 75, process --");
    assertThat(calls()).endsWith("systemctl start -- selfheal-thaw@ollama.service\n");
  }

  @Test
  void whatEndsTheScriptAfterTheStopEndsTheFreeze() throws IOException {
    systemctl(OWN_GROUP, "[ ! -e armed ] || kill -TERM $PPID; [ ! -e timer ] || touch armed");
    assertThat(freeze("runner-60-ollama"))
        .contains("the freeze was ended before all was stopped; nothing stays frozen")
        .contains("status 69, process --");
    assertThat(folder.resolve("timer")).exists();
  }

  @Test
  void theThawOfAFreezeThatIsUndoneMayEndTheScript() throws IOException {
    fake(
        "systemctl",
        """
        case $* in
          start*) kill -TERM $PPID ;;
          'is-active '*thaw*) test -e timer; armed=$?; [ ! -e timer ] || rm timer; exit $armed ;;
          show*) %s ;;
        esac
        """
            .formatted(OWN_GROUP));
    assertThat(freeze("runner-60-ollama"))
        .contains("it was ended at once; nothing stays frozen")
        .contains("status 75, process --");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "runner",
        "runner-60-",
        "runner-9-ollama",
        "runner-060-ollama",
        "runner-3601-ollama",
        "runner-60--ollama",
        "runner-60-a*",
        "runner-60-a b",
        "disk-60-ollama"
      })
  void declinesWhatIsNoFreeze(String wish) {
    assertThat(freeze(wish)).contains("no such freeze").contains("status 64, process --");
  }
}
