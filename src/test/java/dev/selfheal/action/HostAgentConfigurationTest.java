package dev.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.AgentHost.Ran;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration of the agent: it is read, never run, and an error names its place. */
class HostAgentConfigurationTest {
  @TempDir Path folder;
  private AgentHost host;

  @BeforeEach
  void aHost() {
    host = new AgentHost(folder);
  }

  @ParameterizedTest
  @MethodSource("dev.selfheal.action.AgentHost#shells")
  void aFileSetsTheUnit(List<String> shell) {
    Path file = host.write("agent.conf", "# ours\n\nUNIT=my-ollama@a.b:c_d\\x2d1.service\nPORT=1");
    host.shell(shell.toArray(String[]::new)).overSsh("restart", file.toString());
    assertThat(host.calls())
        .containsExactly(
            "systemctl --no-ask-password try-restart -- my-ollama@a.b:c_d\\x2d1.service");
  }

  static Stream<Arguments> errors() {
    String quotes = "UNIT is no unit name; write one such as ollama.service, without quotes";
    String port = "PORT is no port; write a number from 1 to 65535";
    String path = "TEXTFILE is no absolute path; write one that begins with /";
    return Stream.of(
        Arguments.of("UNIT", "no KEY=VALUE; write UNIT=ollama.service"),
        Arguments.of("unit=a", "an unknown key; use UNIT, PORT, TEXTFILE or EXPORTER"),
        Arguments.of(" UNIT=a", "an unknown key"),
        Arguments.of("UNIT =a", "an unknown key"),
        Arguments.of("PATH=/tmp", "an unknown key"),
        Arguments.of("=x", "an unknown key"),
        Arguments.of("UNIT=a\nUNIT=b", "line 2: a key that was given before"),
        Arguments.of("UNIT=\"a.service\"", quotes),
        Arguments.of("UNIT=$(touch pwned)", quotes),
        Arguments.of("UNIT=-a", quotes),
        Arguments.of("UNIT=oll*", quotes),
        Arguments.of("UNIT=a b", quotes),
        Arguments.of("UNIT=a/b", quotes),
        Arguments.of("UNIT=a\r", quotes),
        Arguments.of("UNIT=" + "a".repeat(256), quotes),
        Arguments.of("PORT=", port),
        Arguments.of("PORT=0", port),
        Arguments.of("PORT=65536", port),
        Arguments.of("PORT=011434", port),
        Arguments.of("PORT=1-2", port),
        Arguments.of("PORT=11434 or sport = :22", port),
        Arguments.of("TEXTFILE=", path),
        Arguments.of("TEXTFILE=run/x", path),
        Arguments.of("TEXTFILE=/run/x\u0007", path),
        Arguments.of("TEXTFILE=/run/x\r", path),
        Arguments.of("EXPORTER=a b", "EXPORTER is no unit name; write one such as"),
        Arguments.of("EXPORTER=*", "EXPORTER is no unit name"),
        Arguments.of("EXPORTER=-a", "EXPORTER is no unit name"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void anErrorStopsItAndSaysWhere(String text, String words) {
    Path file = host.write("agent.conf", text);
    Ran ran = host.overSsh("restart", file.toString());
    assertFails(ran, words);
    assertThat(ran.errors()).startsWith("host-agent: " + file + " line ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-x", "agent.conf", "/tmp/a\nb"})
  void thePathIsAbsolute(String path) {
    assertFails(host.overSsh("status", path), "write one that begins with /");
  }

  @Test
  void aNamedFileIsThere() {
    Path missing = host.path("agent.conf");
    assertFails(host.overSsh("restart", missing.toString()), missing + ": cannot be read; create");
    assertFails(host.overSsh("restart", folder.toString()), folder + ": cannot be read");
  }

  @Test
  void aSecondArgumentIsAnError() {
    assertFails(host.overSsh("status", "/a", "/b"), "authorized_keys: more than one argument");
  }

  @ParameterizedTest
  @CsvSource({
    "SELFHEAL_UNIT,-x,no unit name",
    "SELFHEAL_UNIT,a;id,no unit name",
    "SELFHEAL_PORT,0,no port",
    "SELFHEAL_PORT,'',no port",
    "SELFHEAL_TEXTFILE,a,no absolute path",
    "SELFHEAL_EXPORTER,a;id,no unit name"
  })
  void theReceiversOwnSettingsAreCheckedToo(String name, String value, String words) {
    assertFails(host.with(name, value).here("restart"), name + ": " + words);
  }

  private void assertFails(Ran ran, String words) {
    assertThat(ran.errors()).contains(words).endsWith("\n").hasLineCount(1);
    assertThat(ran.status()).isEqualTo(78);
    assertThat(ran.output()).isEmpty();
    assertThat(host.calls()).isEmpty();
    assertThat(host.path("bin/pwned")).doesNotExist();
  }
}
