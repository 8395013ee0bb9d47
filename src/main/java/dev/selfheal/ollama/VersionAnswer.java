package dev.selfheal.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.selfheal.http.Printable;
import dev.selfheal.ollama.ApiAnswer.Answering;
import dev.selfheal.ollama.ApiAnswer.Silent;
import java.io.IOException;

/** Reads what {@code /api/version} answers. */
public final class VersionAnswer {
  private static final int MAX_VERSION = 37;

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private VersionAnswer() {}

  /** The version in the body of an answer of status 200, or why it holds none. */
  public static ApiAnswer read(byte[] body) {
    try {
      JsonNode version = JSON.<JsonNode>readValue(body).path("version");
      return version.isTextual() && !version.textValue().isBlank()
          ? new Answering(Printable.cut(version.textValue(), MAX_VERSION))
          : new Silent("an answer without a version: this is no Ollama");
    } catch (JsonProcessingException e) {
      return new Silent("an answer that is not JSON: this is no Ollama");
    } catch (IOException e) {
      return new Silent("an answer that cannot be read");
    }
  }
}
