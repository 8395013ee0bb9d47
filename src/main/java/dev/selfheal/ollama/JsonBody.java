package dev.selfheal.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Reads the JSON that a server sent. */
public final class JsonBody {
  private static final ObjectReader TREES =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build()
          .readerFor(JsonNode.class);

  private JsonBody() {}

  /** The object that a body is. */
  public static JsonNode object(byte[] body) throws OddBodyException {
    try {
      JsonNode tree = TREES.readValue(body);
      if (tree != null && tree.isObject()) {
        return tree;
      }
    } catch (JsonProcessingException e) {
      throw new OddBodyException("an answer that is not JSON");
    } catch (IOException e) {
      throw new OddBodyException("an answer that cannot be read");
    }
    throw new OddBodyException("an answer that is no JSON object");
  }
}
