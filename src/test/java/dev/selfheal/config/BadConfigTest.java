package dev.selfheal.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadConfigTest {
  @TempDir Path folder;
  private ConfigFixture fixture;

  @BeforeEach
  void writeFiles() {
    fixture = new ConfigFixture(folder);
    fixture.secret("empty", "\n");
    fixture.secret("two-lines", "0123456789abcdef\n0123456789abcdef\n");
    fixture.secret("huge", "x".repeat(4097));
    fixture.secret("spaced", "0123456789 abcdef\n");
    fixture.secret("same.token", "0123456789abcdef-webhook");
  }

  @ParameterizedTest
  @MethodSource
  void reportsTheOneProblemOfASetting(String yaml, String error) {
    assertThat(fixture.errors(yaml + "\n" + ConfigFixture.TARGET))
        .containsExactly(error.replace("FOLDER", folder.toString()));
  }

  @ParameterizedTest
  @MethodSource
  void reportsTheOneProblemOfADocument(String yaml, String error) {
    assertThat(fixture.errors(yaml)).containsExactly(error);
  }

  static List<Arguments> reportsTheOneProblemOfASetting() throws IOException {
    return cases("/config/bad-settings.txt");
  }

  static List<Arguments> reportsTheOneProblemOfADocument() throws IOException {
    return cases("/config/bad-documents.txt");
  }

  private static List<Arguments> cases(String table) throws IOException {
    List<Arguments> cases = new ArrayList<>();
    StringBuilder yaml = new StringBuilder();
    for (String line : text(table).lines().skip(3).toList()) {
      if (line.startsWith("=> ")) {
        cases.add(arguments(yaml.toString().strip(), line.substring(3)));
        yaml.setLength(0);
      } else {
        yaml.append(line).append('\n');
      }
    }
    return cases;
  }

  private static String text(String resource) throws IOException {
    try (var stream = requireNonNull(BadConfigTest.class.getResourceAsStream(resource))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
