package dev.selfheal.exporter.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.ollama.OddBodyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionBodyTest {

  @Test
  void readsARecordedAnswer() throws Exception {
    assertThat(VersionBody.read("{\"version\":\"0.32.15\"}".getBytes(UTF_8))).isEqualTo("0.32.15");
  }

  @Test
  void makesAStrangeVersionHarmless() throws Exception {
    String body = "{\"version\":\"1\\u001b[31m\\u00e4" + "x".repeat(1000) + "\"}";
    assertThat(VersionBody.read(body.getBytes(UTF_8)))
        .isEqualTo("1?[31m?" + "x".repeat(30) + "...");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ok", "[]", "{}", "{\"version\":1}", "{\"version\":\" \"}"})
  void anythingElseIsNoAnswerOfOllama(String body) {
    assertThatThrownBy(() -> VersionBody.read(body.getBytes(UTF_8)))
        .isInstanceOf(OddBodyException.class);
  }
}
