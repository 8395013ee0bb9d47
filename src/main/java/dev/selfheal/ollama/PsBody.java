package dev.selfheal.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code /api/ps}. */
public final class PsBody {

  private PsBody() {}

  /** The loaded models, in the server's order. */
  public static List<PsModel> read(byte[] body) throws OddBodyException {
    JsonNode models = JsonBody.object(body).get("models");
    if (models == null || !(models.isArray() || models.isNull())) {
      throw new OddBodyException("an answer without a list of models");
    }
    List<PsModel> rows = new ArrayList<>();
    for (JsonNode model : models) {
      rows.add(row(model));
    }
    return List.copyOf(rows);
  }

  private static PsModel row(JsonNode model) throws OddBodyException {
    String name = model.path("name").asText("");
    if (!model.isObject() || name.isBlank()) {
      throw new OddBodyException("an answer with a model that has no name");
    }
    return new PsModel(
        name,
        model.path("digest").asText(""),
        time(model.path("expires_at")),
        bytes(model, "size"),
        bytes(model, "size_vram"),
        tokens(model.path("context_length")));
  }

  /** Go's zero time, which lies before all others, stands for no time. */
  private static @Nullable Instant time(JsonNode text) {
    try {
      Instant time = text.isTextual() ? OffsetDateTime.parse(text.textValue()).toInstant() : null;
      return time == null || time.isBefore(Instant.EPOCH) ? null : time;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static long bytes(JsonNode model, String key) throws OddBodyException {
    JsonNode number = model.path(key);
    if (number.isMissingNode()) {
      return 0; // Ollama leaves a zero out
    }
    if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
      throw new OddBodyException("an answer whose " + key + " is no number of bytes");
    }
    return number.longValue();
  }

  private static int tokens(JsonNode number) {
    return number.isIntegralNumber() && number.canConvertToInt()
        ? Math.max(0, number.intValue())
        : 0;
  }
}
