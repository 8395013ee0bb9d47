package dev.selfheal.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.machine.Ran;
import dev.selfheal.testkit.DocPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Types every command of README.md and docs/ that no other test types, on a host on which all is
 * deployed. What they print may differ; they end as their page says.
 */
final class Pages {
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

  /** The number is that of the attempt which waits. */
  private static final Pattern APPROVES = Pattern.compile("(selfheal approve )\\d+( .*)");

  private static final String ASKS_BY_TLS = "selfheal status --url https://";

  private final DeployedHost host;
  private final NamedHost named;
  private final List<String> wrong = new ArrayList<>();

  /**
   * @param host on which an operator has done what {@code docs/install.md} says of one host
   */
  Pages(DeployedHost host) {
    this.host = host;
    this.named = new NamedHost(host);
  }

  /** Types them all, and returns those that did not end as their page says. */
  List<String> wrong() {
    named.prepare();
    Set<String> seen = new HashSet<>();
    for (DocPage.Command command : inOrder()) {
      if (seen.add(command.text()) || CHANGES.matcher(command.text()).matches()) {
        type(command);
      }
    }
    assertThat(seen).hasSizeGreaterThan(40);
    return wrong;
  }

  private static List<DocPage.Command> inOrder() {
    return Followers.left().stream().sorted(Comparator.comparing(Pages::turn)).toList();
  }

  /**
   * A restart by hand comes after what asks whether one would be; README runs a second receiver;
   * the last ones want a receiver of their own kind.
   */
  private static int turn(DocPage.Command command) {
    if (command.text().startsWith(ASKS_BY_TLS)) {
      return 4;
    } else if (APPROVES.matcher(command.text()).matches()) {
      return 3;
    } else if (command.page().equals("README.md")) {
      return 2;
    }
    return command.page().startsWith("docs/runbook/") ? 0 : 1;
  }

  private void type(DocPage.Command command) {
    String line = ready(command);
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

  /** Brings about what a command wants, and returns what is typed. */
  private String ready(DocPage.Command command) {
    Matcher approves = APPROVES.matcher(command.text());
    if (approves.matches()) {
      return approves.group(1) + named.ask() + approves.group(2);
    } else if (command.text().startsWith(ASKS_BY_TLS)) {
      named.speakTls();
    } else if (command.page().equals("README.md")) {
      named.rest();
    }
    return command.text();
  }
}
