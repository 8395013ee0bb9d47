package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.machine.Ran;
import dev.selfheal.testkit.DocPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Types every command of README.md and docs/ that no other test types, on a host on which all is
 * deployed. What they print may differ; they end as their page says.
 */
final class Pages {
  private static final Duration CALM = Duration.ofMinutes(2);
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

  private final DeployedHost host;
  private final List<String> wrong = new ArrayList<>();

  /**
   * @param host on which an operator has done what {@code docs/install.md} says of one host
   */
  Pages(DeployedHost host) {
    this.host = host;
  }

  /** Types them all, and returns those that did not end as their page says. */
  List<String> wrong() {
    prepare();
    Set<String> seen = new HashSet<>();
    for (DocPage.Command command : inOrder()) {
      if (seen.add(command.text()) || CHANGES.matcher(command.text()).matches()) {
        type(command);
      }
    }
    assertThat(seen).hasSizeGreaterThan(40);
    return wrong;
  }

  /** With the names that the pages use, and a ledger in which no restart has spent any budget. */
  private void prepare() {
    await("no alert fires").atMost(CALM).until(this::quiet);
    host.type("systemctl stop selfheal; rm -r /var/lib/selfheal/*");
    host.machine.write("/etc/selfheal/selfheal.yml", CONFIGURATION);
    host.machine.write("/etc/selfheal/gpu-07.yml", "exporter: {unit: ollama.service}\n");
    host.machine.write("/root/new.yml", WRONG);
    host.type("ln -s /usr/share/ollama-selfheal target");
    host.type("echo 127.0.0.1 gpu-02 >> /etc/hosts; ssh-keygen -A; systemctl start ssh");
    host.type("systemctl start selfheal; systemctl restart selfheal-exporter");
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

  private boolean quiet() {
    return !host.type(
            "curl -sf http://127.0.0.1:9090/api/v1/alerts http://127.0.0.1:9093/api/v2/alerts")
        .contains("OllamaFrozen");
  }

  private void type(DocPage.Command command) {
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
