package dev.selfheal.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Documents of others, as trees; what is no document is a missing node. */
public final class Trees {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML = new YAMLMapper();

  private Trees() {}

  /** A document in JSON. */
  public static JsonNode json(String text) {
    return read(JSON, text);
  }

  static JsonNode yaml(String text) {
    return read(YAML, text);
  }

  /** What stands in an array; nothing for any other node. */
  public static Stream<JsonNode> items(JsonNode array) {
    return array.isArray() ? StreamSupport.stream(array.spliterator(), false) : Stream.empty();
  }

  private static JsonNode read(ObjectMapper mapper, String text) {
    try {
      return mapper.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
