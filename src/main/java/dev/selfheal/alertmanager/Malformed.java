package dev.selfheal.alertmanager;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.selfheal.http.Printable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Words what is wrong with a JSON document, in one sentence that says where. */
final class Malformed {
  private static final int MAX_NAME = 40;
  private static final int MAX_PATH = 80;

  private Malformed() {}

  /** The parser stands on a value of another type than expected. */
  static MalformedPayloadException type(JsonParser parser, String expected) {
    return at(path(parser), expected, kind(parser.currentToken()));
  }

  /** A place holds something else than expected. What comes from outside is cut by the caller. */
  static MalformedPayloadException at(String path, String expected, String found) {
    return new MalformedPayloadException(
        path + ": expected " + expected + ", found " + found + ".");
  }

  /** The document is complete, but more follows. */
  static MalformedPayloadException trailing(JsonLocation location) {
    return new MalformedPayloadException("Text after the end of the JSON" + place(location) + ".");
  }

  /** The parser gave up. Its own message quotes the document, so it is not passed on. */
  static MalformedPayloadException syntax(IOException cause) {
    String place = cause instanceof JacksonException e ? place(e.getLocation()) : "";
    String what = what(cause);
    return new MalformedPayloadException(what + place + ".");
  }

  private static String what(IOException cause) {
    if (cause instanceof JsonEOFException) {
      return "The JSON is cut off";
    }
    if (cause instanceof StreamConstraintsException limit) {
      // The exception has no other way to tell which limit it was; a test holds the wording.
      return limit.getOriginalMessage().contains("nesting depth")
          ? "JSON nested more than 32 levels deep"
          : "JSON of more than 2000000 parts";
    }
    return "Not valid JSON";
  }

  private static String place(@Nullable JsonLocation location) {
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static String path(JsonParser parser) {
    JsonStreamContext context = parser.getParsingContext();
    JsonToken token = parser.currentToken();
    // On an opening bracket the context is already that of the inside.
    if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      context = context.getParent();
    }
    StringBuilder path = new StringBuilder();
    for (; context != null && !context.inRoot(); context = context.getParent()) {
      path.insert(0, step(context));
    }
    return path.isEmpty()
        ? "The body"
        : Printable.cut(path.substring(path.indexOf(".") + 1), MAX_PATH);
  }

  private static String step(JsonStreamContext context) {
    if (context.inArray()) {
      return "[" + context.getCurrentIndex() + "]";
    }
    String name = context.getCurrentName();
    return "." + (name == null ? "" : Printable.cut(name, MAX_NAME));
  }

  private static String kind(@Nullable JsonToken token) {
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      default -> "nothing";
    };
  }
}
