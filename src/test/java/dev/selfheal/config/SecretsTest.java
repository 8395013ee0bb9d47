package dev.selfheal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"s3cret", "s3cret\n", "s3cret\r\n"})
  void readsALineWithoutItsLineBreak(String content) throws IOException {
    assertThat(Secrets.read(file(content)).reveal()).isEqualTo("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", " \n"})
  void refusesAnEmptyFile(String content) throws IOException {
    Path file = file(content);

    assertThatThrownBy(() -> Secrets.read(file))
        .hasMessage(file + " is empty; write the secret into it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret\n\n", "s3\ncret", "s3\rcret"})
  void refusesSeveralLinesWithoutShowingThem(String content) throws IOException {
    Path file = file(content);

    assertThatThrownBy(() -> Secrets.read(file)).hasMessage(file + " must hold a single line");
  }

  @Test
  void refusesAFileThatIsMissing() {
    Path missing = folder.resolve("missing");

    assertThatThrownBy(() -> Secrets.read(missing)).hasMessage(missing + " does not exist");
  }

  @Test
  void neverShowsItself() {
    assertThat(new Secret("s3cret")).hasToString("Secret[hidden]");
  }

  @Test
  void matchesItselfAlone() {
    Secret secret = new Secret("s3cret");

    assertThat(secret.matches("s3cret")).isTrue();
    assertThat(secret.matches("s3cret ")).isFalse();
    assertThat(secret.matches("")).isFalse();
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("secret"), content);
  }
}
