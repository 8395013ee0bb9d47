package dev.selfheal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxTest {
  @TempDir Path folder;
  private ConfigFixture fixture;

  @BeforeEach
  void writeFiles() {
    fixture = new ConfigFixture(folder);
  }

  @Test
  void namesLineAndColumnOfASyntaxError() {
    assertThat(fixture.errors("listen: a\npolicy: {cooldown: 5s\ntargets: []\n"))
        .containsExactly(
            "The file is not valid YAML at line 3, column 8: expected ',' or '}', but got :");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\tlisten: a",
        "a: 'b",
        "a: b: c",
        "? [a]\n: b",
        "bell: \u0007",
        "%YAML 9.9\n---\na: b",
        "a: *nowhere",
        "a: !!int x",
        "- a\nb: c",
        "{{",
        "]",
        "a: ${B}}",
      })
  void saysInOneLineWhatCannotBeParsed(String yaml) {
    assertThat(fixture.errors(yaml))
        .isNotEmpty()
        .allSatisfy(error -> assertThat(error).isNotBlank().doesNotContain("\n"));
  }

  @Test
  void saysWhereAControlCharacterStands() {
    assertThat(fixture.errors("listen: a\nmode: \u0007"))
        .containsExactly(
            "The file is not valid YAML at line 2: it holds the control character U+0007");
  }

  @Test
  void refusesSeveralDocuments() {
    assertThat(fixture.errors(ConfigFixture.TARGET + "---\nlisten: a\n"))
        .containsExactly("The file holds several YAML documents; keep one, without ---");
  }

  @Test
  void refusesNestingThatNoConfigurationNeeds() {
    assertThat(fixture.errors("a: " + "[".repeat(100_000)))
        .containsExactly("The file is nested more than 32 levels deep");
  }

  @Test
  @Timeout(10)
  void doesNotExpandAnAliasBomb() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append(
          "a%d: &a%d [*a%d, *a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1, i - 1));
    }

    assertThat(fixture.errors(bomb.toString()))
        .contains("a29[3]: is a YAML alias, which is not read here; write the value out");
  }

  @Test
  void acceptsAnAnchorThatNobodyRefersTo() {
    assertThat(
            fixture
                .loaded("policy: {settle: &quiet 5m}\n" + ConfigFixture.TARGET)
                .policy()
                .settle())
        .isEqualTo(Duration.ofMinutes(5));
  }
}
