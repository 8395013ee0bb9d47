package dev.selfheal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.CommandResult;
import dev.selfheal.action.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SystemctlTest {
  private final List<List<String>> calls = new ArrayList<>();

  /** Remembers what it was to run, and never runs it. */
  private record Remembering(List<List<String>> calls, CommandResult result)
      implements CommandRunner {
    @Override
    public CommandResult run(List<String> argv, Duration limit) {
      calls.add(argv);
      return result;
    }

    @Override
    public CommandResult finish(List<String> argv, Duration limit) {
      throw new AssertionError("nothing is to be finished here: " + argv);
    }
  }

  private Systemctl saying(CommandResult result) {
    return new Systemctl(new Remembering(calls, result));
  }

  @Test
  void aRestartIsNeverAskedForWithoutTheModeThatIsRefused() throws InterruptedException {
    Systemctl systemctl = saying(new CommandResult.Exited(1, "refused"));
    assertThat(systemctl.askForRestart("ollama.service", Optional.empty())).isEqualTo("refused");
    systemctl.askForRestart("ollama.service", Optional.of("selfheal"));
    List<String> asked =
        List.of(
            "systemctl",
            "--no-ask-password",
            "try-restart",
            "--job-mode=triggering",
            "--",
            "ollama.service");
    assertThat(calls.get(0)).isEqualTo(asked);
    assertThat(calls.get(1).subList(0, 4)).containsExactly("runuser", "-u", "selfheal", "--");
    assertThat(calls.get(1).subList(4, 10)).isEqualTo(asked);
  }

  @Test
  void sudoIsOnlyEverAskedToList() throws InterruptedException {
    List<String> restart = List.of("systemctl", "restart", "ollama");
    Systemctl allowing = saying(new CommandResult.Exited(0, "/usr/bin/systemctl restart ollama"));
    assertThat(allowing.askSudo(restart, Optional.of("selfheal"))).isEmpty();
    assertThat(calls)
        .containsExactly(
            List.of(
                "runuser",
                "-u",
                "selfheal",
                "--",
                "sudo",
                "-n",
                "-l",
                "--",
                "systemctl",
                "restart",
                "ollama"));
    Systemctl refusing = saying(new CommandResult.Exited(1, "sudo: a password is required\n"));
    assertThat(refusing.askSudo(restart, Optional.empty()))
        .hasValue("sudo: a password is required");
    assertThat(calls).as("each is asked once").hasSize(2);
  }

  @Test
  void aUnitIsShown() throws InterruptedException {
    String text = "LoadState=loaded\nActiveState=active\nUnitFileState=enabled\nUser=selfheal\n";
    assertThat(saying(new CommandResult.Exited(0, text)).show("selfheal.service"))
        .isEqualTo(new UnitAnswer.Known("loaded", "active", "enabled", "selfheal"));
  }

  @Test
  void aFileIsClosedOnlyIfTheUserHasTried() throws InterruptedException {
    Path file = Path.of("/etc/x");
    assertThat(saying(new CommandResult.Exited(1, "")).mayRead(file, "selfheal")).isFalse();
    assertThat(saying(new CommandResult.Exited(0, "")).mayRead(file, "selfheal")).isTrue();
    assertThat(saying(new CommandResult.NotStarted("no runuser")).mayRead(file, "a")).isTrue();
    assertThat(calls.get(0))
        .containsExactly("runuser", "-u", "selfheal", "--", "test", "-r", "/etc/x");
  }

  @Test
  void whoDoesNotAnswerTellsNothing() throws InterruptedException {
    assertThat(saying(new CommandResult.TimedOut("")).show("selfheal.service"))
        .isEqualTo(new UnitAnswer.Unknown("systemctl did not answer in time"));
    assertThat(saying(new CommandResult.NotStarted("no systemctl here")).show("selfheal.service"))
        .isEqualTo(new UnitAnswer.Unknown("no systemctl here"));
  }
}
