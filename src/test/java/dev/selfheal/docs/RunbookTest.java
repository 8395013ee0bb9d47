package dev.selfheal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.selfheal.testkit.DocPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One page for each alert, all alike, for somebody who was woken. */
class RunbookTest {
  private static final String FOLDER = "docs/runbook/";

  /** The receiver posts it itself. */
  private static final String OWN = "OllamaRemediationFailed";

  @Test
  void eachAlertHasAPageAndNoPageIsWithoutAnAlert() throws IOException {
    assertThat(pages()).containsExactlyInAnyOrderElementsOf(alerts());
  }

  @Test
  void theIndexNamesEachPageOnce() throws IOException {
    List<String> named =
        DocPage.of(FOLDER + "README.md").links().stream()
            .map(link -> link.replace(".md", ""))
            .toList();
    assertThat(named).containsExactlyInAnyOrderElementsOf(alerts());
  }

  static Stream<String> pages() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(FOLDER))) {
      return files
          .map(file -> file.getFileName().toString().replace(".md", ""))
          .filter(name -> !name.equals("README"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void eachPageHasTheSameFourHeadingsAndSaysSomethingUnderEach(String alert) {
    DocPage page = DocPage.of(FOLDER + alert + ".md");
    assertThat(page.headings(1)).containsExactly(alert);
    assertThat(page.headings(2))
        .containsExactly(
            "What it means", "What the system has done already", "What to look at", "What to do");
    assertThat(String.join("\n", page.lines()).split("(?m)^## .*$"))
        .allMatch(text -> text.strip().length() > 8);
    assertThat(page.commands())
        .as("something to type under What to look at")
        .anyMatch(command -> command.section().equals("What to look at"));
  }

  private static List<String> alerts() throws IOException {
    JsonNode rules = new YAMLMapper().readTree(Path.of("rules/selfhealing_rules.yml").toFile());
    List<String> names = new ArrayList<>(List.of(OWN));
    StreamSupport.stream(rules.path("groups").spliterator(), false)
        .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false))
        .filter(rule -> rule.has("alert"))
        .forEach(rule -> names.add(rule.path("alert").asText()));
    return names;
  }
}
