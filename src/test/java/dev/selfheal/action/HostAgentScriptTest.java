package dev.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.ToolRun;
import org.junit.jupiter.api.Test;

/** The agent is plain POSIX sh. */
class HostAgentScriptTest {
  private static final String SCRIPT = AgentHost.SCRIPT.toAbsolutePath().toString();

  @Test
  void dashReadsIt() {
    assertThat(ToolRun.dash("-n", SCRIPT)).isEqualTo(new ToolRun(0, ""));
  }

  @Test
  void shellcheckHasNothingToSay() {
    assertThat(ToolRun.shellcheck("-s", "sh", SCRIPT)).isEqualTo(new ToolRun(0, ""));
  }

  @Test
  void itIsInTheJar() {
    assertThat(HostReport.class.getResource("host-agent")).isNotNull();
  }
}
