package dev.selfheal.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.config.LadderConfig.Step;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code targets[].ladder}. */
class LadderReaderTest {
  private static final String HERE = "targets[0].ladder";

  @TempDir Path folder;
  private ConfigFixture fixture;

  @BeforeEach
  void writeFiles() {
    fixture = new ConfigFixture(folder);
    fixture.secret("id", "-----BEGIN OPENSSH PRIVATE KEY-----\n");
    fixture.secret("known", "h ssh-ed25519 AAAA\n");
  }

  private static String target(String rest) {
    return "targets: [{name: a, match: {instance: a}, " + rest + "}]\n";
  }

  private LadderConfig ladder(String rest) {
    return fixture.loaded(target(rest)).targets().get(0).ladder();
  }

  @Test
  void readsTheStepsInTheirOrder() {
    assertThat(ladder("unit: o.service, ladder: [kill, {command: [systemctl, start, x]}]"))
        .isEqualTo(
            new LadderConfig(List.of(Step.KILL, Step.COMMAND), List.of("systemctl", "start", "x")));
    assertThat(ladder("restart_command: [kick], ladder: [{command: [reload]}]"))
        .isEqualTo(new LadderConfig(List.of(Step.COMMAND), List.of("reload")));
    assertThat(ladder("unit: o.service")).isEqualTo(LadderConfig.NONE);
  }

  @Test
  void theCommandOfAnotherHostIsWrittenThere() {
    assertThat(ladder("unit: o.service, ladder: [command, kill], ssh: " + ssh("")))
        .isEqualTo(new LadderConfig(List.of(Step.COMMAND, Step.KILL), List.of()));
  }

  private static String ssh(String more) {
    return "{host: h, user: u, identity_file: id, known_hosts: known" + more + "}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [kil]                       | [0]         | is not a known step; did you mean kill?
          [reboot]                    | [0]         | is not a known step; known here: kill, command
          [{kill: now}]               | [0].command | is required
          []                          |             | at least one step is needed
          kill                        |             | expected a list, found "kill"
          [{command: []}]             | [0].command | at least one word is needed
          [kill, kill]                |             | has a step twice, but each is used once at most
          [{command: [a]}, command]   |             | has a step twice, but each is used once at most
          [command]                   |             | does not say what command is; write command: [
          """)
  void namesWhatIsWrong(String ladder, String place, String message) {
    assertThat(fixture.errors(target("unit: o.service, ladder: " + ladder)))
        .anySatisfy(
            error ->
                assertThat(error)
                    .startsWith(HERE + (place == null ? "" : place) + ": ")
                    .contains(message));
  }

  @Test
  void aKillNeedsAUnit() {
    assertThat(fixture.errors(target("restart_command: [kick], ladder: [kill]")))
        .containsExactly(
            HERE
                + ": kills the processes of a unit, but the target has none; set unit, or remove"
                + " kill");
  }

  @Test
  void noCommandTravelsToAnotherHost() {
    assertThat(
            fixture.errors(
                target("unit: o.service, ladder: [{command: [reload]}], ssh: " + ssh(""))))
        .singleElement()
        .asString()
        .startsWith(HERE + ": has a command that would run on this host");
    assertThat(
            fixture.errors(
                target("unit: o.service, ladder: [kill], ssh: " + ssh(", command: [kick]"))))
        .containsExactly(
            HERE + ": needs the host agent, but the target has ssh.command; remove one of them");
  }
}
