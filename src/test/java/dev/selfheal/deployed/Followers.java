package dev.selfheal.deployed;

import dev.selfheal.rules.PrometheusPageIT;
import dev.selfheal.testkit.DocPage;
import java.util.List;

/**
 * Who types which command of README.md and docs/. What is in neither of these tables {@link Pages}
 * types, so a new command needs nothing here, if it can run on its machine.
 */
final class Followers {

  /** A test that types what a section of a page says, of these blocks. */
  record Follower(String page, String section, String language, Class<?> test) {
    boolean takes(DocPage.Command command) {
      return command.page().equals(page)
          && command.section().equals(section)
          && command.language().equals(language)
          && !command.host().equals("docker");
    }
  }

  /**
   * A command that no test can run here, or none should run twice.
   *
   * @param beginning of the command, or of its host and prompt
   */
  record Impossible(String page, String beginning, String why) {
    boolean isMeant(DocPage.Command command) {
      String typed = command.host().isEmpty() ? "" : command.host() + "# ";
      return command.page().equals(page) && (typed + command.text()).startsWith(beginning);
    }
  }

  private static final String INSTALL = "docs/install.md";
  private static final String CHECKLIST = "docs/deployment-checklist.md";
  private static final String PROMETHEUS = "docs/prometheus.md";
  private static final String PERFORMANCE = "docs/performance.md";

  static final List<Follower> FOLLOWERS =
      List.of(
          new Follower(INSTALL, "One host", "console", OneHostIT.class),
          new Follower(INSTALL, "A receiver and hosts", "console", Rack.class),
          new Follower(INSTALL, "An existing Prometheus", "console", ExistingPrometheusIT.class),
          new Follower(CHECKLIST, "Before", "console", ChecklistIT.class),
          new Follower(CHECKLIST, "Install or upgrade", "console", ChecklistIT.class),
          new Follower(CHECKLIST, "Verify", "console", ChecklistIT.class),
          new Follower(CHECKLIST, "Roll back", "console", ChecklistIT.class),
          new Follower(CHECKLIST, "Switch off, or remove", "console", ChecklistIT.class),
          new Follower(PERFORMANCE, "", "sh", PerformancePageIT.class),
          new Follower(PERFORMANCE, "The exporter", "sh", PerformancePageIT.class),
          new Follower(PROMETHEUS, "Check it", "sh", PrometheusPageIT.class),
          new Follower(PROMETHEUS, "Tune it", "sh", PrometheusPageIT.class));

  static final List<Impossible> IMPOSSIBLE =
      List.of(
          new Impossible("README.md", "sh src/dev/try.sh", "builds; DemoIT runs the demo"),
          new Impossible("README.md", "sh src/dev/test.sh", "is what runs this test"),
          new Impossible("README.md", "apt-get install", "InstallIT installs the package"),
          new Impossible(INSTALL, "docker# ", "no Docker on the machines of the tests"),
          new Impossible("docs/commands.md", "selfheal demo", "a minute; DemoIT runs it"),
          new Impossible("docs/commands.md", "selfheal drill", "a minute; DrillIT runs it"),
          new Impossible(PERFORMANCE, "mvn verify", "Maven within Maven; measures for minutes"));

  private Followers() {}

  /** What is left for {@link Pages}. */
  static List<DocPage.Command> left() {
    return DocPage.all().stream()
        .flatMap(page -> page.commands().stream())
        .filter(command -> FOLLOWERS.stream().noneMatch(each -> each.takes(command)))
        .filter(command -> IMPOSSIBLE.stream().noneMatch(each -> each.isMeant(command)))
        .toList();
  }
}
