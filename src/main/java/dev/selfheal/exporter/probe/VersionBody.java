package dev.selfheal.exporter.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** Reads {@code /api/version}. */
final class VersionBody {
  private static final int LONGEST = 40;
  private static final Pattern STRANGE = Pattern.compile("[^ -~]");

  private VersionBody() {}

  /** The version: printable ASCII, at most 40 characters. */
  static String read(byte[] body) throws OddBodyException {
    JsonNode version = Json.object(body).path("version");
    if (!version.isTextual() || version.textValue().isBlank()) {
      throw new OddBodyException("an answer without a version");
    }
    String text = version.textValue();
    String cut = text.substring(0, Math.min(LONGEST, text.length()));
    return STRANGE.matcher(cut).replaceAll("?");
  }
}
