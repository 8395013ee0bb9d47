package dev.selfheal.deployed;

import dev.selfheal.machine.Lan;
import dev.selfheal.machine.Machine;
import dev.selfheal.testkit.RealPrograms;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A host with a Prometheus and an Alertmanager of its own, as Debian leaves them, to which an
 * operator adds what {@code docs/install.md} says.
 */
@Timeout(300)
class ExistingPrometheusIT {
  private static final Pattern PLACE = Pattern.compile("# (/\\S+), under (\\w+):\n");

  @RegisterExtension final RealPrograms programs = new RealPrograms();

  @Test
  void whatIsAddedToTheFilesThatAreThereMakesAWholeChain() {
    Machine machine = programs.add(programs.add(new Lan()).boot("gpu-01"));
    OllamaUnit.install(machine);
    machine.run("systemctl", "enable", "--now", "prometheus", "prometheus-alertmanager").output();
    machine.run("systemctl", "enable", "--now", "prometheus-node-exporter").output();
    OperatorsPage section = new OperatorsPage("An existing Prometheus");
    section.blocks("yaml").forEach(block -> add(machine, block));
    DeployedHost host = new DeployedHost(machine);
    host.follow(section);
    host.awaitWhole();
  }

  /** Puts items first into a list of a file, indented as those that are there. */
  private static void add(Machine machine, String block) {
    Matcher place = PLACE.matcher(block);
    if (!place.lookingAt()) {
      throw new AssertionError("docs/install.md does not say where this belongs:\n" + block);
    }
    List<String> lines = new ArrayList<>(machine.read(place.group(1)).lines().toList());
    int key = 0;
    while (!lines.get(key).strip().equals(place.group(2) + ":")) {
      key++;
    }
    String items = block.substring(place.end()).stripTrailing().stripIndent();
    lines.add(key + 1, items.indent(indent(lines, key)));
    machine.write(place.group(1), String.join("\n", lines) + "\n");
  }

  private static int indent(List<String> lines, int key) {
    String next =
        lines.stream()
            .skip(key + 1L)
            .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
            .findFirst()
            .orElse("");
    return next.strip().startsWith("-") ? next.indexOf('-') : start(lines.get(key)) + 2;
  }

  private static int start(String line) {
    return line.length() - line.stripLeading().length();
  }
}
