package dev.selfheal.alertmanager;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;

/**
 * Writes the body of Alertmanager's webhook, version 4, with every member that a receiver of any
 * version may look for. Safe for use by many threads.
 */
public final class PayloadWriter {
  /** Go's zero time: the end of what has not ended. */
  private static final String NO_TIME = "0001-01-01T00:00:00Z";

  private static final String FIRING = "firing";
  private static final String RESOLVED = "resolved";

  /** Text that is no valid UTF-16 can only be written escaped. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /**
   * The body of a notification. The number of odd alerts is not written: they are not there.
   *
   * @param now when the resolved ones have ended, as far as the sender knows
   */
  public byte[] write(Payload payload, Instant now) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(body)) {
      json.writeStartObject();
      head(json, payload);
      json.writeArrayFieldStart("alerts");
      for (Alert alert : payload.alerts()) {
        alert(json, alert, now);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory cannot fail", e);
    }
    return body.toByteArray();
  }

  private static void head(JsonGenerator json, Payload payload) throws IOException {
    boolean fires = payload.alerts().stream().anyMatch(PayloadWriter::fires);
    json.writeStringField("version", "4");
    json.writeStringField("groupKey", payload.receiver());
    json.writeNumberField("truncatedAlerts", payload.truncated());
    json.writeStringField("status", fires ? FIRING : RESOLVED);
    json.writeStringField("receiver", payload.receiver());
    strings(json, "groupLabels", Map.of());
    strings(json, "commonLabels", Map.of());
    strings(json, "commonAnnotations", Map.of());
    json.writeStringField("externalURL", "");
  }

  private static void alert(JsonGenerator json, Alert alert, Instant now) throws IOException {
    json.writeStartObject();
    json.writeStringField("status", fires(alert) ? FIRING : RESOLVED);
    strings(json, "labels", alert.labels());
    strings(json, "annotations", alert.annotations());
    json.writeStringField("startsAt", alert.key().startsAt().toString());
    json.writeStringField("endsAt", fires(alert) ? NO_TIME : now.toString());
    json.writeStringField("generatorURL", "");
    json.writeStringField("fingerprint", alert.key().fingerprint());
    json.writeEndObject();
  }

  private static void strings(JsonGenerator json, String name, Map<String, String> values)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> each : values.entrySet()) {
      json.writeStringField(each.getKey(), each.getValue());
    }
    json.writeEndObject();
  }

  private static boolean fires(Alert alert) {
    return alert.status() == AlertStatus.FIRING;
  }
}
