package dev.selfheal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.evidence.TextfileEvidence;
import dev.selfheal.remedy.Evidence;
import dev.selfheal.remedy.Match;
import dev.selfheal.remedy.Target;
import dev.selfheal.testkit.SettableClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A target's own evidence calls frozen what the rule of OllamaFrozen calls frozen. */
class FrozenEvidenceTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

  private static final String STALL =
      "ollama_frozen_duration_seconds > ollama_frozen_threshold_seconds";
  private static final String FRESH =
      "and changes(selfheal_exporter_last_run_timestamp_seconds[1m]) > 0";
  private static final Pattern EXCEPTION =
      Pattern.compile("unless ignoring \\((\\w+)\\) (\\w+) (==|>=) (\\d+)");

  @TempDir private Path folder;

  private static List<String> lines() {
    return RuleFile.alerts().stream()
        .filter(rule -> rule.path("alert").asText().equals("OllamaFrozen"))
        .flatMap(rule -> rule.path("expr").asText().lines())
        .map(String::strip)
        .toList();
  }

  private static List<MatchResult> exceptions() {
    return lines().stream().flatMap(line -> EXCEPTION.matcher(line).results()).toList();
  }

  @Test
  void thisTestKnowsEveryLineOfTheRule() {
    assertThat(lines()).hasSize(4).startsWith(STALL, FRESH);
    assertThat(exceptions()).hasSize(2);
  }

  @TestFactory
  Stream<DynamicTest> whatTheRuleLeavesOutTheEvidenceDoesNotCallStalled() {
    return exceptions().stream()
        .flatMap(
            exception ->
                Stream.of(-1.0, -0.1, 0.0, 0.1, 1000.0)
                    .map(more -> Double.parseDouble(exception.group(4)) + more)
                    .map(value -> agrees(exception, value)));
  }

  private DynamicTest agrees(MatchResult exception, double value) {
    return DynamicTest.dynamicTest(
        exception.group(2) + " " + value,
        () -> {
          boolean leftOut =
              exception.group(3).equals("==")
                  ? value == Double.parseDouble(exception.group(4))
                  : value >= Double.parseDouble(exception.group(4));
          assertThat(evidence(exception, value))
              .isInstanceOf(leftOut ? Evidence.Unknown.class : Evidence.Stalled.class);
        });
  }

  /** The second of two GPUs, or processes, has the value; the first is well. */
  private Evidence evidence(MatchResult exception, double value) throws IOException {
    String series = "%s{%s=\"%d\",} %s%n";
    String name = exception.group(2);
    String label = exception.group(1);
    Path page = folder.resolve("ollama.prom");
    Files.writeString(
        page,
        """
        ollama_frozen_duration_seconds 61.0
        ollama_frozen_threshold_seconds 45.0
        selfheal_exporter_last_run_timestamp_seconds %d
        """
                .formatted(NOW.getEpochSecond())
            + series.formatted(name, label, 0, 0.0)
            + series.formatted(name, label, 1, value));
    return new TextfileEvidence(new SettableClock(NOW)).of(target(page));
  }

  private static Target target(Path page) {
    return new Target(
        "gpu-01",
        Match.on(Map.of("instance", "gpu-01:9100")),
        new Target.Control("ollama.service", List.of()),
        new Target.Signs(URI.create("http://127.0.0.1:11434"), page),
        new Target.RecoveryLimits(Duration.ofMinutes(2), Duration.ofMinutes(10)));
  }
}
