package dev.selfheal.deployed;

import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.ToolRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Debian's and systemd's own checkers make of the package. */
class PackageIT {
  private static final Pattern PAGE = Pattern.compile("(man:|file:///)\\S+");
  private static final Pattern MANUAL = Pattern.compile("man:(.*)\\((\\d)\\)");

  @TempDir private Path folder;

  @Test
  void lintianFindsNoError() {
    ToolRun run = ToolRun.lintian("--allow-root", "--fail-on", "error", Deb.path().toString());
    assertThat(run.output()).doesNotContain("E: ");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void theRulesAndAlertmanagersFileInItAreGoodAndTheRulesPassTheirTests() throws IOException {
    Repacked content = Repacked.in(folder);
    Path rules = content.file("usr/share/ollama-selfheal/selfhealing_rules.yml");
    Path example = content.file("usr/share/doc/ollama-selfheal/examples/alertmanager.yml");
    passes(ToolRun.promtool("check", "rules", "--lint=all", "--lint-fatal", rules.toString()));
    passes(ToolRun.amtool("check-config", example.toString()));
    // Their tests name the rules as ../selfhealing_rules.yml.
    Files.copy(rules, folder.resolve("selfhealing_rules.yml"));
    Path tests = Files.createDirectory(folder.resolve("tests"));
    try (Stream<Path> files = Files.list(Path.of("rules/tests"))) {
      for (Path file : files.toList()) {
        Path copy = Files.copy(file, tests.resolve(file.getFileName()));
        passes(ToolRun.promtool("test", "rules", copy.toString()));
      }
    }
  }

  private static void passes(ToolRun run) {
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("SUCCESS").doesNotContain("FAILED");
  }

  @Test
  void eachPageThatAUnitOrAnAlertNamesIsInIt() throws IOException {
    Repacked content = Repacked.in(folder);
    List<Path> naming = new ArrayList<>();
    naming.add(content.file("usr/share/ollama-selfheal/selfhealing_rules.yml"));
    try (Stream<Path> units = Files.list(content.file("usr/lib/systemd/system"))) {
      units.forEach(naming::add);
    }
    List<String> pages = new ArrayList<>();
    for (Path file : naming) {
      PAGE.matcher(Files.readString(file)).results().map(MatchResult::group).forEach(pages::add);
    }
    assertThat(pages).contains("file:///usr/share/doc/ollama-selfheal/runbook/OllamaFrozen.md");
    assertThat(pages).contains("file:///usr/share/doc/ollama-selfheal/how-it-decides.md");
    assertThat(pages).contains("man:selfheal(1)");
    for (String page : pages) {
      assertThat(content.file(installed(page))).as(page).isNotEmptyFile();
    }
  }

  @Test
  void theDashboardIsWhereItsPageSaysAndWholeAndReadable() throws IOException {
    Path dashboard =
        Repacked.in(folder).file("usr/share/doc/ollama-selfheal/grafana/ollama-selfheal.json");
    assertThat(dashboard).hasSameTextualContentAs(Path.of("docs/grafana/ollama-selfheal.json"));
    assertThat(Files.getPosixFilePermissions(dashboard)).contains(OTHERS_READ);
  }

  @Test
  void noFileIsInItTwice() {
    ToolRun run = ToolRun.dpkgDeb("--contents", Deb.path().toString());
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output().lines().map(line -> line.replaceFirst(".* \\./", "")))
        .contains("usr/bin/selfheal")
        .doesNotHaveDuplicates();
  }

  private static String installed(String page) {
    Matcher manual = MANUAL.matcher(page);
    return manual.matches()
        ? "usr/share/man/man%2$s/%1$s.%2$s.gz".formatted(manual.group(1), manual.group(2))
        : page.replaceFirst("file:///", "");
  }

  /** 20 means an exposure of 2.0, where 10.0 is a service that may do anything. */
  @ParameterizedTest
  @ValueSource(
      strings = {"selfheal.service", "selfheal-exporter.service", "selfheal-exporter@.service"})
  void aServiceMayDoLittle(String unit) {
    String file = Path.of("systemd", unit).toAbsolutePath().toString();
    ToolRun run = ToolRun.systemdAnalyze("security", "--offline=true", "--threshold=20", file);
    assertThat(run.exitCode()).as(run.output()).isZero();
  }
}
