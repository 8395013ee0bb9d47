package dev.selfheal.alertmanager;

import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One alert as it stands in the payload: the right JSON types, but perhaps odd or missing values.
 */
record WireAlert(
    @Nullable String status,
    @Nullable String fingerprint,
    @Nullable String startsAt,
    @Nullable Map<String, String> labels,
    @Nullable Map<String, String> annotations) {

  /** Reads the members of an object that the cursor has stepped into. */
  static WireAlert read(JsonCursor json) throws IOException, MalformedPayloadException {
    String status = null;
    String fingerprint = null;
    String startsAt = null;
    Map<String, String> labels = null;
    Map<String, String> annotations = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "status" -> status = json.string();
        case "fingerprint" -> fingerprint = json.string();
        case "startsAt" -> startsAt = json.string();
        case "labels" -> labels = json.strings(any -> true);
        case "annotations" -> annotations = json.strings(Payload.REPEAT_ANNOTATION::equals);
        default -> json.skip();
      }
    }
    return new WireAlert(status, fingerprint, startsAt, labels, annotations);
  }

  /** Returns the alert, or empty if any value it stands on is odd or missing. */
  Optional<Alert> toAlert() {
    Optional<AlertStatus> judged = parseStatus(status);
    Optional<String> hash = Fingerprint.parse(fingerprint);
    Optional<Instant> start = startsAt == null ? Optional.empty() : Rfc3339.parse(startsAt);
    if (judged.isEmpty() || hash.isEmpty() || start.isEmpty() || labels == null) {
      return Optional.empty();
    }
    AlertKey key = new AlertKey(hash.get(), start.get());
    Map<String, String> described = annotations == null ? Map.of() : annotations;
    return Optional.of(new Alert(key, judged.get(), labels, described));
  }

  private static Optional<AlertStatus> parseStatus(@Nullable String text) {
    if ("firing".equals(text)) {
      return Optional.of(AlertStatus.FIRING);
    }
    return "resolved".equals(text) ? Optional.of(AlertStatus.RESOLVED) : Optional.empty();
  }
}
