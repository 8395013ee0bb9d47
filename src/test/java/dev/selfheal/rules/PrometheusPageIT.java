package dev.selfheal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.testkit.ToolRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/prometheus.md} tells people to write and to run. */
public class PrometheusPageIT {
  private static final Path PAGE = Path.of("docs/prometheus.md");
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
  private static final String RULES_ON_A_HOST = "/etc/prometheus/selfhealing_rules.yml";
  private static final String TOKEN_ON_A_HOST = "/etc/selfheal/webhook.token";

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> promtoolAcceptsEachConfigurationOfThePage() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "secret");
    AtomicInteger number = new AtomicInteger();
    return blocks("yaml").stream()
        .map(
            text ->
                text.replace(RULES_ON_A_HOST, RuleFile.RULES.toString())
                    .replace(TOKEN_ON_A_HOST, token.toString()))
        .map(
            text ->
                DynamicTest.dynamicTest(
                    "configuration " + number.incrementAndGet(), () -> checkConfig(text)));
  }

  @Test
  void theCommandsOfThePageRunInACopyOfTheRepository() throws IOException {
    copy("rules");
    copy("alertmanager");
    List<String> commands = blocks("sh");
    assertThat(commands).hasSizeGreaterThan(2);
    ToolRun run = ToolRun.shell(folder, "set -eu\n" + String.join("\n", commands));
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(Files.readString(folder.resolve("rules/selfhealing_rules.yml")))
        .contains(
            "expr: |\n          ollama_frozen_duration_seconds > 2 * ollama_frozen_threshold_seconds")
        .contains("runbook_url: https://wiki.example.org/ollama/OllamaFrozen.md")
        .doesNotContain("file://");
  }

  private void checkConfig(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("prometheus.yml"), text);
    ToolRun run = ToolRun.promtool("check", "config", file.toString());
    assertThat(run.output()).contains("SUCCESS").doesNotContain("FAILED");
    assertThat(run.exitCode()).isZero();
  }

  private void copy(String name) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.toString()));
      }
    }
  }

  private static List<String> blocks(String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(PAGE))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map((MatchResult block) -> block.group(2))
        .toList();
  }
}
