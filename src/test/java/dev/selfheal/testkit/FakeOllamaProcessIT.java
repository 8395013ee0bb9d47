package dev.selfheal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The tests that count restarts are worth what this stand-in is. */
@Timeout(60)
class FakeOllamaProcessIT {
  @RegisterExtension final RealPrograms programs = new RealPrograms();
  @TempDir private Path textfiles;

  @Test
  void aFrozenServerAnswersAgainAsAnotherProcessAfterItsRestartCommand() throws Exception {
    FakeOllamaProcess ollama = programs.add(new FakeOllamaProcess(textfiles));
    long frozen = ollama.pid();
    ollama.freeze();
    assertThat(frozenSeconds()).isEqualTo("60");
    restart(ollama);
    await().until(ollama::answers);
    await().until(() -> frozenSeconds().equals("0"));
    assertThat(ollama.pid()).isNotEqualTo(frozen);
    assertThat(ollama.restarts()).hasSize(1).first().asString().endsWith(" " + ollama.pid());
  }

  @Test
  void aBrokenRestartIsCountedAndLeavesNothingThatAnswers() throws Exception {
    FakeOllamaProcess ollama = programs.add(new FakeOllamaProcess(textfiles));
    ollama.freeze();
    ollama.breakRestarts();
    restart(ollama);
    assertThat(ollama.answers()).isFalse();
    assertThat(ollama.restarts()).hasSize(1).first().asString().endsWith(" none");
    assertThat(frozenSeconds()).isEqualTo("60");
  }

  private static void restart(FakeOllamaProcess ollama) throws Exception {
    assertThat(new ProcessBuilder(ollama.restartCommand()).inheritIO().start().waitFor()).isZero();
  }

  private String frozenSeconds() throws IOException {
    return Files.readAllLines(textfiles.resolve("ollama.prom")).stream()
        .filter(line -> line.startsWith("ollama_frozen_duration_seconds "))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .findFirst()
        .orElseThrow();
  }
}
