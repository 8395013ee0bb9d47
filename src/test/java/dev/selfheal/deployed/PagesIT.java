package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.machine.Lan;
import dev.selfheal.machine.Machine;
import dev.selfheal.machine.Ran;
import dev.selfheal.testkit.DocPage;
import dev.selfheal.testkit.RealPrograms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Types every command of README.md and docs/ that no other test types, on a host on which all is
 * deployed. What they print may differ; they end as their page says.
 */
@Timeout(400)
class PagesIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static final String AT_ONCE = "cd; eval \"$1\"";

  /** Good if it still ran when Ctrl-C came: that is what 124 says. */
  private static final String UNTIL_CTRL_C =
      "cd; timeout --signal=INT --kill-after=20 6 sh -c \"$1\"; test $? = 124";

  private static final Pattern ENDLESS =
      Pattern.compile("selfheal exporter .*--record .*|java .* (serve|exporter) --config.*");

  /** What is typed a second time where another page has it, too. */
  private static final Pattern CHANGES = Pattern.compile(".*\\b(pause|resume|restart|start)\\b.*");

  private static final Pattern VERIFIES = Pattern.compile(".*selfheal.verify.*");

  /** Not on the machines of the tests. */
  private static final Pattern JQ = Pattern.compile(" \\| jq .*");

  private static final String CONFIGURATION =
      """
      auth: {webhook_token_file: webhook.token, operator_token_file: operator.token}
      alertmanager_url: http://127.0.0.1:9093
      targets:
        - name: gpu-01
          match: {instance: "localhost:9100"}
          unit: ollama.service
      """;

  /** As its page has it: an unknown key, and a second target with no unit. */
  private static final String WRONG =
      """
      policy: {cooldwn: 60s}
      targets:
        - {name: gpu-01, match: {instance: "gpu-01:9100"}, unit: ollama.service}
        - {name: gpu-02, match: {instance: "gpu-02:9100"}, unit: ollama}
      """;

  @RegisterExtension final RealPrograms programs = new RealPrograms();

  @Test
  void eachCommandOfThePagesEndsAsItsPageSays() {
    Machine machine = programs.add(programs.add(new Lan()).boot("gpu-01"));
    OllamaUnit.install(machine);
    DeployedHost host = new DeployedHost(machine);
    prepare(host);
    List<String> wrong = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (DocPage.Command command : inOrder()) {
      if (seen.add(command.text()) || CHANGES.matcher(command.text()).matches()) {
        type(host, command, wrong);
      }
    }
    assertThat(seen).hasSizeGreaterThan(40);
    assertThat(wrong).isEmpty();
  }

  /** As on {@code docs/install.md}; then with the names that the other pages use. */
  private static void prepare(DeployedHost host) {
    host.bring(Deb.path());
    new OperatorsPage("One host")
        .commands("# ").stream().filter(each -> !each.contains("verify")).forEach(host::type);
    host.machine.write("/etc/selfheal/selfheal.yml", CONFIGURATION);
    host.machine.write("/etc/selfheal/gpu-07.yml", "exporter: {unit: ollama.service}\n");
    host.machine.write("/root/new.yml", WRONG);
    host.type("ln -s /usr/share/ollama-selfheal target");
    host.type("echo 127.0.0.1 gpu-02 >> /etc/hosts; ssh-keygen -A; systemctl start ssh");
    host.type("systemctl reload selfheal");
    host.awaitWhole();
    host.type("systemctl start selfheal-verify.service");
  }

  /**
   * A restart by hand comes after what asks whether one would be; README runs a second receiver.
   */
  private static List<DocPage.Command> inOrder() {
    return Followers.left().stream()
        .sorted(
            Comparator.comparing((DocPage.Command each) -> each.page().equals("README.md"))
                .thenComparing(each -> !each.page().startsWith("docs/runbook/")))
        .toList();
  }

  private static void type(DeployedHost host, DocPage.Command command, List<String> wrong) {
    if (command.page().equals("README.md")) {
      host.type("systemctl stop selfheal selfheal-exporter");
    }
    String line = JQ.matcher(command.text()).replaceFirst("");
    if (VERIFIES.matcher(line).matches()) {
      host.awaitWhole(); // what another page has reloaded takes a moment
    }
    String how = ENDLESS.matcher(line).matches() ? UNTIL_CTRL_C : AT_ONCE;
    Ran ran = host.machine.run(LIMIT, "sh", "-c", how, "sh", line);
    int expected = line.equals("selfheal check-config --config.file=new.yml") ? 2 : 0;
    if (ran.exitCode() != expected) {
      wrong.add(command.page() + ": " + line + "\n" + ran);
    }
  }
}
