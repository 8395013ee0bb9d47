package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.machine.Lan;
import dev.selfheal.machine.Machine;
import dev.selfheal.testkit.RealPrograms;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A host on which an operator has done what {@code docs/install.md} says, and nothing else. All is
 * as shipped: thresholds, rules, routes.
 */
@Timeout(420)
class OneHostIT {
  private static final List<String> UNITS =
      Stream.concat(
              Deb.UNITS.stream(),
              Stream.of(
                  OllamaUnit.NAME,
                  "prometheus.service",
                  "prometheus-alertmanager.service",
                  "prometheus-node-exporter.service"))
          .toList();

  @RegisterExtension final RealPrograms programs = new RealPrograms();

  @Test
  void whatTheInstallPageSaysHoldsAfterARebootHealsAFreezeAndStartsNothingThatWasStopped() {
    Machine machine = programs.add(programs.add(new Lan()).boot("gpu-01"));
    OllamaUnit ollama = OllamaUnit.install(machine);
    DeployedHost host = new DeployedHost(machine);
    machine.copyIn(Deb.path(), "/root/" + Deb.path().getFileName());
    host.follow(
        new InstallPage("One host")
            .commands("# ").stream().filter(each -> !each.equals("selfheal verify")).toList());
    assertWhole(host);
    machine.reboot();
    ollama.awaitAnswer();
    assertWhole(host);

    String before = ollama.pid();
    ollama.freeze();
    await("it is healed")
        .atMost(Duration.ofSeconds(150))
        .until(
            () ->
                attempts(host).size() == 1
                    && attempts(host).get(0).path("outcome").asText().equals("recovered"));
    assertThat(ollama.pid()).isNotEqualTo(before);
    assertWhole(host);
  }

  private static JsonNode attempts(DeployedHost host) {
    return host.status().path("attempts");
  }

  private static void assertWhole(DeployedHost host) {
    host.awaitWhole();
    for (String unit : UNITS) {
      assertThat(host.machine.property(unit, "ActiveState")).as(unit).isEqualTo("active");
      assertThat(host.machine.run("systemctl", "is-enabled", unit).output())
          .as(unit)
          .isEqualTo("enabled");
    }
  }
}
