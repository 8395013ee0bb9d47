package dev.selfheal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares pages with what stands in {@code src/test/resources/dev/selfheal/cli}. */
class StatusPageTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"troubled", "quiet", "bare", "held-back"})
  void looksAsRecorded(String name) throws IOException {
    assertThat(page(name, new Words(Optional.of(NOW)))).isEqualTo(resource(name + ".txt"));
  }

  @Test
  void looksAsInTheDocumentation() throws IOException {
    String documentation = Files.readString(Path.of("docs/commands.md"));
    assertThat(documentation)
        .contains(
            "$ selfheal status\n" + page("documented", new Words(Optional.of(NOW))) + "```\n");
  }

  @ParameterizedTest
  @ValueSource(strings = "timeless")
  void tellsTimesAsTheyAreToAReceiverWithoutOne(String name) throws IOException {
    assertThat(page("quiet", new Words(Optional.empty()))).isEqualTo(resource(name + ".txt"));
  }

  private static String page(String name, Words words) throws IOException {
    JsonNode json = Json.parse(resource(name + ".json"));
    StatusPage page = new StatusPage(words, false);
    List<String> lines = new ArrayList<>(page.killSwitch(json.path("paused")));
    lines.addAll(page.lines(json.path("targets"), json.path("incidents"), json.path("attempts")));
    return String.join("\n", lines) + "\n";
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = StatusPageTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    }
  }
}
