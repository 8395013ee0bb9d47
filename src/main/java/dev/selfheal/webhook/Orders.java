package dev.selfheal.webhook;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The small JSON objects that operators send, read strictly: a misspelt key is an error. */
final class Orders {

  private static final int LONGEST_TEXT = 500;
  private static final Duration LONGEST_PAUSE = Duration.ofDays(365);
  private static final Pattern TIME =
      Pattern.compile("(?:(\\d{1,4})d)?(?:(\\d{1,5})h)?(?:(\\d{1,6})m)?(?:(\\d{1,8})s)?");

  private final ObjectMapper json;
  private final RequestBody bodies;

  Orders(ObjectMapper json, RequestBody bodies) {
    this.json = json;
    this.bodies = bodies;
  }

  /**
   * The body as an object with no other keys than these; an absent body is an empty object.
   *
   * @throws HttpError 400 if it is anything else
   */
  JsonNode read(Context request, List<String> keys) throws IOException {
    JsonNode body = parse(request);
    if (!body.isObject()) {
      throw new HttpError(400, "the body must be a JSON object with " + String.join(", ", keys));
    }
    body.fieldNames()
        .forEachRemaining(
            key -> {
              if (!keys.contains(key)) {
                throw new HttpError(
                    400, "the body may hold " + String.join(", ", keys) + " and nothing else");
              }
            });
    return body;
  }

  private JsonNode parse(Context request) throws IOException {
    try (InputStream body = bodies.stream(request)) {
      JsonNode read = json.readTree(body);
      return read.isMissingNode() ? json.createObjectNode() : read;
    } catch (CharConversionException e) {
      throw new HttpError(400, "the body is not text in UTF-8");
    } catch (JsonProcessingException e) {
      throw new HttpError(400, "the body is not JSON" + place(e.getLocation()));
    }
  }

  private static String place(@Nullable JsonLocation location) {
    return location == null
        ? ""
        : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
  }

  /** A text of at most 500 characters; empty if the key is absent. */
  static String text(JsonNode order, String key) {
    JsonNode value = order.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual() || value.textValue().length() > LONGEST_TEXT) {
      throw new HttpError(400, key + " must be a text of at most " + LONGEST_TEXT + " characters");
    }
    return value.textValue();
  }

  static boolean flag(JsonNode order, String key) {
    JsonNode value = order.path(key);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new HttpError(400, key + " must be true or false");
    }
    return value.asBoolean(false);
  }

  /** A duration such as {@code 2h} or {@code 1h30m}, above zero; empty if the key is absent. */
  static Optional<Duration> duration(JsonNode order, String key) {
    String text = text(order, key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher time = TIME.matcher(text);
    Duration duration = time.matches() ? sum(time) : Duration.ZERO;
    if (duration.isZero() || duration.compareTo(LONGEST_PAUSE) > 0) {
      throw new HttpError(400, key + " must be a duration such as 30m, 2h or 1d, up to 365d");
    }
    return Optional.of(duration);
  }

  private static Duration sum(Matcher time) {
    return Duration.ofDays(part(time, 1))
        .plusHours(part(time, 2))
        .plusMinutes(part(time, 3))
        .plusSeconds(part(time, 4));
  }

  private static long part(Matcher time, int group) {
    return time.group(group) == null ? 0 : Long.parseLong(time.group(group));
  }
}
