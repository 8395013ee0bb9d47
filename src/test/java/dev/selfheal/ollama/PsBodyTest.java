package dev.selfheal.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class PsBodyTest {

  /** As Ollama 0.32.15 said it. */
  public static final String RECORDED =
      """
      {"models":[{"name":"slow:latest","model":"slow:latest","size":348378889,"digest":"26a23c59dea928aa620b0b7a8020c3e8164b4e7fdfc494e8ec1b9949bc9071b1","details":{"parent_model":"","format":"gguf","family":"llama","families":["llama"],"parameter_size":"86.34M","quantization_level":"F16"},"expires_at":"2026-11-22T01:40:33.215145619Z","size_vram":0,"context_length":4096}]}
      """;

  @Test
  void readsARecordedAnswer() throws Exception {
    assertThat(PsBody.read(RECORDED.getBytes(UTF_8)))
        .containsExactly(
            new PsModel(
                "slow:latest",
                "26a23c59dea928aa620b0b7a8020c3e8164b4e7fdfc494e8ec1b9949bc9071b1",
                Instant.parse("2026-11-22T01:40:33.215145619Z"),
                348378889,
                0,
                4096));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"models\":[]}", "{\"models\":null}"})
  void nothingIsLoadedInAnEmptyList(String body) throws Exception {
    assertThat(PsBody.read(body.getBytes(UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T01:40:33Z, 2026-11-22T01:40:33Z",
    "2026-11-22T03:40:33.5+02:00, 2026-11-22T01:40:33.500Z",
    "2026-11-21T20:10:33.123456789-05:30, 2026-11-22T01:40:33.123456789Z",
    "2318-03-01T17:21:13.254743261+01:00, 2318-03-01T16:21:13.254743261Z",
    "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z"
  })
  void readsATimeWithFractionAndZoneAndCenturiesAhead(String text, Instant time) throws Exception {
    assertThat(expiry('"' + text + '"')).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"0001-01-01T00:00:00Z\"",
        "\"soon\"",
        "\"\"",
        "null",
        "5",
        "{}",
        "\"2026-13-45\""
      })
  void aTimeThatIsNoneIsUnknown(String json) throws Exception {
    assertThat(expiry(json)).isNull();
  }

  @Test
  void whatAnOlderVersionDoesNotSayIsUnknown() throws Exception {
    assertThat(PsBody.read("{\"models\":[{\"name\":\"a\"}]}".getBytes(UTF_8)))
        .containsExactly(new PsModel("a", "", null, 0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{}",
        "<html>",
        "{\"models\":{}}",
        "{\"models\":[7]}",
        "{\"models\":[{}]}",
        "{\"models\":[{\"name\":\" \"}]}",
        "{\"models\":[{\"name\":\"a\",\"size\":-1}]}",
        "{\"models\":[{\"name\":\"a\",\"size\":\"9\"}]}",
        "{\"models\":[{\"name\":\"a\",\"size_vram\":99999999999999999999}]}",
        "{\"models\":[{\"name\":\"a\",\"size\":1.5}]}",
        "{\"models\":[]",
        "{\"models\":[]} {\"models\":[]}",
        "{\"models\":[],\"models\":[{\"name\":\"a\"}]}",
      })
  void anythingElseIsNoAnswerOfOllama(String body) {
    assertThatThrownBy(() -> PsBody.read(body.getBytes(UTF_8)))
        .isInstanceOf(OddBodyException.class)
        .hasMessageStartingWith("an answer ");
  }

  @Test
  void deepNestingIsNoAnswerOfOllama() {
    byte[] body = ("{\"models\":" + "[".repeat(100_000)).getBytes(UTF_8);
    assertThatThrownBy(() -> PsBody.read(body)).isInstanceOf(OddBodyException.class);
  }

  private static @Nullable Instant expiry(String json) throws OddBodyException {
    String body = "{\"models\":[{\"name\":\"a\",\"expires_at\":" + json + "}]}";
    return PsBody.read(body.getBytes(UTF_8)).get(0).expiresAt();
  }
}
