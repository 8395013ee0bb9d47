package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
  /** A minute as shipped, and as much for a busy machine. */
  private static final Duration FREEZE = Duration.ofSeconds(150);

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
  void whatTheOperatorsPageSaysHoldsAfterARebootHealsAFreezeAndStartsNothingThatWasStopped() {
    Machine machine = programs.add(programs.add(new Lan()).boot("gpu-01"));
    OllamaUnit ollama = OllamaUnit.install(machine);
    DeployedHost host = new DeployedHost(machine);
    host.follow(new OperatorsPage("One host"));
    assertWhole(host);
    assertThat(host.type("curl -sf http://127.0.0.1:9100/metrics"))
        .contains("selfheal_deployment_check{check=\"route\",target=\"local\"} 1")
        .contains("node_textfile_scrape_error 0");
    machine.reboot();
    ollama.awaitAnswer();
    assertWhole(host);

    healsAFreeze(host, ollama);
    assertWhole(host);
    startsNothingThatWasStopped(host, ollama);
  }

  private static void healsAFreeze(DeployedHost host, OllamaUnit ollama) {
    String before = ollama.pid();
    ollama.freeze();
    await("it is healed").atMost(FREEZE).until(() -> host.attempts("recovered").size() == 1);
    assertThat(host.attempts("recovered").get(0).path("reason").asText()).isEqualTo("proven");
    assertThat(ollama.pid()).isNotEqualTo(before);
    assertThat(host.machine.property(OllamaUnit.NAME, "NRestarts")).isEqualTo("0");
  }

  /** Not even when the receiver has been told that it is frozen. */
  private static void startsNothingThatWasStopped(DeployedHost host, OllamaUnit ollama) {
    host.machine.run("selfheal", "pause", "local", "--reason=looking").output();
    ollama.freeze();
    await("the receiver knows").atMost(FREEZE).until(() -> !host.incidents().isEmpty());
    host.machine.run("systemctl", "stop", OllamaUnit.NAME).output();
    host.machine.run("selfheal", "resume", "local").output();
    await("it looks, and leaves it alone")
        .atMost(FREEZE)
        .until(() -> !host.attempts("failed").isEmpty() || host.incidents().isEmpty());
    assertThat(host.machine.run("selfheal", "restart", "local", "--wait").exitCode()).isNotZero();
    assertThat(host.machine.property(OllamaUnit.NAME, "ActiveState")).isEqualTo("inactive");
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
