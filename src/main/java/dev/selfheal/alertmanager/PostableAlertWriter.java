package dev.selfheal.alertmanager;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Writes the body of {@code POST /api/v2/alerts}. */
final class PostableAlertWriter {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private PostableAlertWriter() {}

  /**
   * The body that posts one alert.
   *
   * @param started whether it says when the alert began; else that is when Alertmanager takes it in
   */
  static byte[] write(PostableAlert alert, boolean started) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(body)) {
      json.writeStartArray();
      json.writeStartObject();
      strings(json, "labels", alert.labels());
      strings(json, "annotations", alert.annotations());
      if (started) {
        json.writeStringField("startsAt", alert.startsAt().toString());
      }
      Instant end = alert.endsAtOrNull();
      if (end != null) {
        json.writeStringField("endsAt", end.toString());
      }
      json.writeStringField("generatorURL", alert.generatorUrl().toString());
      json.writeEndObject();
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory cannot fail", e);
    }
    return body.toByteArray();
  }

  private static void strings(JsonGenerator json, String name, Map<String, String> values)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> each : new TreeMap<>(values).entrySet()) {
      json.writeStringField(each.getKey(), each.getValue());
    }
    json.writeEndObject();
  }
}
