package dev.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.AgentHost.Ran;
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
import org.junit.jupiter.params.provider.MethodSource;

/** What the agent may be told to do, and what it must not be. */
class HostAgentVerbTest {
  @TempDir Path folder;
  private AgentHost host;

  @BeforeEach
  void aHost() {
    host = new AgentHost(folder);
  }

  static Stream<String> hostileVerbs() {
    return Stream.of(
        "",
        " ",
        "\n",
        "restart\n",
        "\nrestart",
        " restart",
        "restart ",
        "restart ollama",
        "restart\tx",
        "kill ollama.service",
        "kill -s TERM",
        "ladder-command reload",
        "ladder",
        "restart;id",
        "restart && touch pwned",
        "restart|touch pwned",
        "restart\ntouch pwned",
        "$(touch pwned)",
        "`touch pwned`",
        "restart$(touch pwned)",
        "${PATH}",
        "restart >pwned",
        "'restart'",
        "\"restart\"",
        "\\restart",
        "-s",
        "--help",
        "--",
        "-c 'touch pwned'",
        "RESTART",
        "Status",
        "reset_failed",
        "reset-failed ssh.service",
        "status evidence",
        "*",
        "?estart",
        "[r]estart",
        "restart|status",
        "freeze-runner",
        "freeze-runner-",
        "freeze-runner-0190",
        "freeze-runner-19000",
        "freeze-runner-1-90",
        "freeze-runner-19x",
        "freeze-runner-190-other",
        "freeze-runner-1 0",
        "freeze-disk-190",
        "freeze-serve-1\n9",
        "thaw ollama",
        "status)touch pwned;;x",
        "../host-agent",
        "/bin/sh",
        "scp -t /tmp",
        "internal-sftp",
        "restart\u001b[2J",
        "r\u00e9start",
        "restart\u00a0",
        "\u202erestart",
        "SELFHEAL_UNIT=x restart",
        "restart" + "A".repeat(100_000),
        "A".repeat(100_000));
  }

  @ParameterizedTest
  @MethodSource("hostileVerbs")
  void whatIsNoVerbRunsNothingAndIsNotRepeated(String verb) throws IOException {
    assertRefused(host.overSsh(verb));
  }

  @ParameterizedTest
  @MethodSource("dev.selfheal.action.AgentHost#shells")
  void everyShellRefusesIt(List<String> shell) throws IOException {
    host.shell(shell.toArray(String[]::new));
    for (String verb : List.of("restart;id", "restart\n", "*", "", "[r]estart", "\\restart")) {
      assertRefused(host.overSsh(verb));
    }
  }

  @Test
  void aMegabyteIsNoVerb() throws IOException {
    // More than a program can be given, so the shell makes it up itself.
    String commands = "SSH_ORIGINAL_COMMAND=$(head -c 1000000 /dev/zero | tr '\\0' r); . \"$0\"";
    assertRefused(host.shell("dash", "-c", commands).overSsh("status"));
  }

  @Test
  void aLoginWithoutACommandRunsNothing() throws IOException {
    host.with("SSH_CONNECTION", "127.0.0.1 1 127.0.0.1 2");
    assertRefused(host.here("restart-everything"));
    assertThat(host.here().status()).isEqualTo(64);
  }

  private void assertRefused(Ran ran) throws IOException {
    assertThat(ran.status()).isEqualTo(64);
    assertThat(ran.output()).isEmpty();
    assertThat(ran.errors())
        .isEqualTo(
            "host-agent: no such verb; use exactly one of status, evidence, restart, reset-failed,"
                + " may-restart, freeze-runner-SECONDS, freeze-serve-SECONDS, thaw,"
                + " may-freeze, kill, may-kill, ladder-command, may-ladder-command\n");
    assertThat(host.calls()).isEmpty();
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("pwned");
    }
  }

  @Test
  void theRightToFreezeAndToEndItIsAskedForByWhatSystemdNeverDoes() {
    host.fake("systemctl", "echo LoadState=loaded");
    host.overSsh("may-freeze");
    assertThat(host.calls())
        .containsExactly(
            "systemctl --no-ask-password --no-pager show -p LoadState --"
                + " selfheal-freeze@runner-10-ollama.service",
            "systemctl --no-ask-password start --job-mode=triggering -- selfheal-thaw@ollama.service",
            "systemctl --no-ask-password start --job-mode=triggering --"
                + " selfheal-freeze@runner-10-ollama.service");
  }

  /** Asked for the right to start it, systemd would speak of the mode, as if it were there. */
  @Test
  void aHostWithoutTheUnitThatFreezesSaysSo() {
    host.fake("systemctl", "echo LoadState=not-found");
    Ran ran = host.overSsh("may-freeze");
    assertThat(ran.status()).isEqualTo(69);
    assertThat(ran.errors()).contains("selfheal-freeze@runner-10-ollama.service not found");
    assertThat(host.calls()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "freeze-runner-190,selfheal-freeze@runner-190-ollama.service",
    "freeze-serve-1200,selfheal-freeze@serve-1200-ollama.service",
    "thaw,selfheal-thaw@ollama.service"
  })
  void aFreezeAndItsEndAreUnitsThatAreStarted(String verb, String unit) {
    host.fake("systemctl", "case $* in *is-active*) exit 3 ;; esac");
    assertThat(host.overSsh(verb).status()).isZero();
    assertThat(host.calls()).endsWith("systemctl --no-ask-password start -- " + unit);
    assertThat(host.calls()).filteredOn(call -> call.contains(" start ")).hasSize(1);
  }

  @Test
  void aFreezeThatLastsIsToldByItsTimerAndNoOtherIsBegun() {
    host.fake("journalctl", "echo 'the journal may not be read' >&2; exit 1");
    Ran ran = host.overSsh("freeze-runner-190");
    assertThat(ran.status()).isEqualTo(75);
    assertThat(ran.errors()).contains("ollama.service is in another freeze");
    assertThat(host.calls())
        .containsExactly(
            "systemctl --no-ask-password is-active --quiet -- selfheal-thaw@ollama.timer");
  }

  @ParameterizedTest
  @CsvSource({
    "restart,try-restart",
    "reset-failed,reset-failed",
    "may-restart,try-restart --job-mode=triggering"
  })
  void anActIsOneCallOfSystemctl(String verb, String order) {
    assertThat(host.overSsh(verb).status()).isZero();
    assertThat(host.calls())
        .containsExactly("systemctl --no-ask-password " + order + " -- ollama.service");
  }

  @ParameterizedTest
  @CsvSource({
    "restart,try-restart",
    "reset-failed,reset-failed",
    "may-restart,try-restart --job-mode=triggering"
  })
  void theReceiversOwnHostGetsTheSameFromTheSameText(String verb, String order) {
    host.with("SELFHEAL_UNIT", "ollama@1.service");
    assertThat(host.here(verb).status()).isZero();
    assertThat(host.calls())
        .containsExactly("systemctl --no-ask-password " + order + " -- ollama@1.service");
  }

  @Test
  void whatSystemctlSaysAndItsStatusArePassedOn() {
    host.fake("systemctl", "echo done; echo 'Access denied' >&2; exit 4");
    assertThat(host.overSsh("restart")).isEqualTo(new Ran(4, "done\n", "Access denied\n"));
  }

  @Test
  void withoutAUnitThereIsNothingToRestart() {
    Ran ran = host.with("SELFHEAL_UNIT", "").here("restart");
    assertThat(ran.status()).isEqualTo(69);
    assertThat(ran.errors()).startsWith("host-agent: there is no unit to act on; set UNIT");
    assertThat(host.calls()).isEmpty();
  }

  @Test
  void variablesFromAfarChangeNothing() {
    host.with("SELFHEAL_UNIT", "sshd.service").with("SELFHEAL_PORT", "x");
    assertThat(host.overSsh("restart").status()).isZero();
    assertThat(host.calls())
        .containsExactly("systemctl --no-ask-password try-restart -- ollama.service");
  }

  @Test
  void halfOfTheScriptDoesNothing() throws IOException {
    String text = Files.readString(AgentHost.SCRIPT);
    host.write("half", text.substring(0, text.length() - "main \"$@\" </dev/null\n".length()));
    assertThat(host.shell("dash", folder + "/half").here("restart")).isEqualTo(new Ran(0, "", ""));
    assertThat(host.calls()).isEmpty();
  }
}
