package dev.selfheal.verify;

import static dev.selfheal.verify.HostJudgementTest.assertJudged;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SudoRightCheckTest {
  private final FakeSystemd systemd =
      new FakeSystemd()
          .says("selfheal.service", "loaded", "active", "enabled", "healer")
          .sudoAllows("systemctl", "restart", "ollama");

  private CheckResult as(String user, String... command) throws InterruptedException {
    return new SudoRightCheck("a", List.of(command), new Account(systemd, user)).run();
  }

  @Test
  void whatSudoAllowsTheReceiverIsARight() throws InterruptedException {
    assertJudged(as("root", "sudo", "-n", "systemctl", "restart", "ollama"), "ok", "");
    assertJudged(as("healer", "/usr/bin/sudo", "systemctl", "restart", "ollama"), "ok", "");
    assertThat(systemd.askers()).containsExactly("healer", "self");
  }

  @Test
  void whatSudoAsksAPasswordForIsNone() throws InterruptedException {
    assertJudged(as("root", "sudo", "systemctl", "stop", "ollama"), "failed", "NOPASSWD");
  }

  @Test
  void aReceiverThatMayGainNoRightsHasNoneBySudo() throws InterruptedException {
    systemd.forbidsSudo();
    assertJudged(as("root", "sudo", "systemctl", "restart", "ollama"), "failed", "polkit");
    assertThat(systemd.askers()).isEmpty();
  }

  @Test
  void othersCannotAskAndOtherOptionsAreNotTried() throws InterruptedException {
    assertJudged(as("guest", "sudo", "systemctl", "restart", "ollama"), "not applicable", "");
    assertJudged(as("root", "sudo", "-u", "ollama", "restart"), "not applicable", "");
    assertThat(systemd.askers()).isEmpty();
    assertThat(SudoRightCheck.isAbout(List.of("docker", "restart", "ollama"))).isFalse();
  }
}
