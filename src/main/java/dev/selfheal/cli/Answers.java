package dev.selfheal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.cli.Receiver.Reply;
import java.io.IOException;

/** Reads what a receiver answered. */
final class Answers {
  private Answers() {}

  /**
   * The answer as a JSON object.
   *
   * @throws CommandFailed if it is anything else
   */
  static JsonNode object(Reply reply) {
    try {
      JsonNode answer = Json.parse(reply.body());
      if (answer.isObject()) {
        return answer;
      }
    } catch (IOException e) {
      // Told below.
    }
    throw foreign();
  }

  /**
   * The array in this field of an answer.
   *
   * @throws CommandFailed if there is none
   */
  static JsonNode list(Reply reply, String field) {
    JsonNode list = object(reply).path(field);
    if (!list.isArray()) {
      throw foreign();
    }
    return list;
  }

  /** The text in a field, fit for a terminal; empty if it is absent or no single value. */
  static String text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isNull() ? "" : Harmless.text(value.asText(""));
  }

  static CommandFailed foreign() {
    return CommandFailed.notDone(
        "the answer is not that of a selfheal receiver: check --url, or listen in the"
            + " configuration");
  }
}
