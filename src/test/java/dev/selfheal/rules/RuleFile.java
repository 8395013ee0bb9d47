package dev.selfheal.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The shipped rules and their promtool tests, as YAML. */
final class RuleFile {
  static final Path RULES = Path.of("rules/selfhealing_rules.yml").toAbsolutePath();

  private static final Path TESTS = RULES.resolveSibling("tests");
  private static final YAMLMapper YAML = new YAMLMapper();

  private RuleFile() {}

  /** Every rule that is an alert. */
  static List<JsonNode> alerts() {
    return elements(read(RULES).path("groups"))
        .flatMap(group -> elements(group.path("rules")))
        .filter(rule -> rule.has("alert"))
        .toList();
  }

  static List<Path> testFiles() {
    try (Stream<Path> files = Files.list(TESTS)) {
      return files.filter(file -> file.toString().endsWith(".yml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The alerts that some promtool test expects to fire, labels and annotations included. */
  static Set<String> alertsThatATestFires() {
    Set<String> names = new TreeSet<>();
    testFiles().stream()
        .flatMap(file -> elements(read(file).path("tests")))
        .flatMap(test -> elements(test.path("alert_rule_test")))
        .filter(expected -> !expected.path("exp_alerts").isEmpty())
        .forEach(expected -> names.add(expected.path("alertname").asText()));
    return names;
  }

  private static JsonNode read(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
