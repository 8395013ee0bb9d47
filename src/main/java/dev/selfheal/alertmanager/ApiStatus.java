package dev.selfheal.alertmanager;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The answer to {@code GET /api/v2/status}, as far as it matters here. */
final class ApiStatus {
  private ApiStatus() {}

  /**
   * Returns how long Alertmanager had run when it answered, to the second. Both times are those of
   * the answer: the clocks of two hosts are never compared. Negative if its clock went back.
   *
   * @throws MalformedPayloadException if one of the two is missing or no time
   */
  static Duration age(HttpHeaders headers, InputStream answer)
      throws IOException, MalformedPayloadException {
    Instant answered =
        headers
            .firstValue("Date")
            .flatMap(ApiStatus::date)
            .orElseThrow(() -> Malformed.at("the Date header", "a time", "none"));
    return Duration.between(started(answer), answered);
  }

  /** Alertmanager calls it {@code uptime}, but it is the time of its start. */
  private static Instant started(InputStream answer) throws IOException, MalformedPayloadException {
    return JsonCursor.document(answer, ApiStatus::uptime)
        .flatMap(Rfc3339::parse)
        .orElseThrow(() -> Malformed.at("uptime", "an RFC 3339 time", "none"));
  }

  private static Optional<String> uptime(JsonCursor json)
      throws IOException, MalformedPayloadException {
    String uptime = null;
    json.enterObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals("uptime")) {
        uptime = json.string();
      } else {
        json.skip();
      }
    }
    return Optional.ofNullable(uptime);
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }
}
