package dev.selfheal.exporter.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.ollama.OddBodyException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagsBodyTest {

  /** As Ollama 0.32.15 said it. */
  static final String RECORDED =
      """
      {"models":[{"name":"slow:latest","model":"slow:latest","modified_at":"2026-11-22T01:25:31.825061104Z","size":172750403,"digest":"26a23c59dea928aa620b0b7a8020c3e8164b4e7fdfc494e8ec1b9949bc9071b1","details":{"parent_model":"","format":"gguf","family":"llama","families":["llama"],"parameter_size":"86.34M","quantization_level":"F16","context_length":32768,"embedding_length":768},"capabilities":["completion"]}]}
      """;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100, 4096})
  void countsARecordedAnswerInPiecesOfAnySize(int size) throws Exception {
    assertThat(count(RECORDED, size)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      quoteCharacter = '\'',
      textBlock =
          """
          {"models":[]} = 0
          {"models":null} = 0
          {"x":[{},{}],"models":[{},{"models":[{},{}]}],"y":{"models":[{}]}} = 2
          """)
  void countsTheModelsOfTheListAndNothingElse(String body, int models) throws Exception {
    assertThat(count(body, 3)).isEqualTo(models);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "7",
        "{}",
        "{\"models\":7}",
        "{\"models\":[{}",
        "{\"models\":[]}{}",
        "{\"models\":[],\"models\":[{}]}",
        "404 page not found",
        "{\"a\":{\"models\":[]}}",
      })
  void anythingElseIsNoAnswerOfOllama(String body) {
    assertThatThrownBy(() -> count(body, 5)).isInstanceOf(OddBodyException.class);
  }

  private static int count(String text, int size) throws OddBodyException {
    byte[] bytes = text.getBytes(UTF_8);
    TagsBody body = new TagsBody();
    for (int at = 0; at < bytes.length; at += size) {
      body.feed(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
    }
    return body.finish();
  }
}
