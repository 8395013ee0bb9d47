package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.machine.Lan;
import dev.selfheal.testkit.RealPrograms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An upgrade, the way back, and the end, as {@code docs/deployment-checklist.md} says. */
@Timeout(400)
class ChecklistIT {
  @RegisterExtension final RealPrograms programs = new RealPrograms();

  @Test
  void theChecklistLeadsToTheNewVersionAndBackAndOut() {
    DeployedHost host = new DeployedHost(programs.add(programs.add(new Lan()).boot("gpu-01")));
    OllamaUnit.install(host.machine);
    host.machine.copyIn(Deb.previous(), "/root/previous.deb");
    host.machine.copyIn(Deb.previous(), "/root/ollama-selfheal_0_all.deb");
    new OperatorsPage("One host")
        .commands("# ").stream().filter(command -> !command.contains("verify")).forEach(host::type);
    host.type("rm ollama-selfheal_0_all.deb");
    host.awaitWhole();
    host.type("sed -i '$ a # our own line' /etc/selfheal/selfheal.yml");

    follow(host, "Before");
    follow(host, "Install or upgrade");
    follow(host, "Verify");
    assertThat(host.type("selfheal --version")).doesNotContain(Deb.PREVIOUS);
    assertThat(host.machine.read("/etc/selfheal/selfheal.yml")).contains("# our own line");
    assertThat(host.type("selfheal status")).doesNotContain("paused");

    follow(host, "Roll back");
    assertThat(host.type("selfheal --version")).contains(Deb.PREVIOUS);
    assertThat(host.type("selfheal status")).doesNotContain("paused");
    host.awaitWhole();

    follow(host, "Switch off, or remove");
    assertThat(host.machine.run("systemctl", "cat", "selfheal.service").exitCode()).isNotZero();
    assertThat(host.machine.run("ls", "/etc/selfheal").exitCode()).isNotZero();
  }

  private static void follow(DeployedHost host, String section) {
    host.follow(new OperatorsPage("docs/deployment-checklist.md", section));
  }
}
