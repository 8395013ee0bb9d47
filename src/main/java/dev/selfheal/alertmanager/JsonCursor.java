package dev.selfheal.alertmanager;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks over a JSON document and is strict about types: a number is never taken for a string. Where
 * a key occurs twice the last one counts, as in Go. It keeps nothing of what it skips, so a hostile
 * document costs its own length and no more.
 */
final class JsonCursor {
  private static final int MAX_DEPTH = 32;

  // An alert of Alertmanager has more than 12 bytes to a token, so its largest body (16 MiB) has
  // fewer than 1.4 million. More would be a document made to fill the heap with tiny entries.
  private static final int MAX_TOKENS = 2_000_000;

  // Names and numbers may be as long as the body: a number that is skipped is never converted.
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxTokenCount(MAX_TOKENS)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          // Names come from the network: they have no place in the JVM's table of strings.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  // Names and values that the alerts of one document have in common are kept once.
  private static final int MOST_SHARED = 1_000;
  private static final int LONGEST_SHARED = 64;

  private final JsonParser parser;
  private final Map<String, String> shared = new HashMap<>();

  private JsonCursor(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads one value with the cursor standing before it. */
  interface Reader<T> {
    T read(JsonCursor json) throws IOException, MalformedPayloadException;
  }

  /**
   * Reads a document that is one value and nothing after it. Does not close the source.
   *
   * @throws IOException if the source fails, and only then
   */
  static <T> T document(InputStream in, Reader<T> reader)
      throws IOException, MalformedPayloadException {
    SourceStream source = new SourceStream(in);
    try (JsonParser parser = FACTORY.createParser(source)) {
      T value = reader.read(new JsonCursor(parser));
      if (parser.nextToken() != null) {
        throw Malformed.trailing(parser.currentTokenLocation());
      }
      return value;
    } catch (IOException e) {
      source.rethrowFailure();
      throw Malformed.syntax(e);
    }
  }

  /** Steps into an object. */
  void enterObject() throws IOException, MalformedPayloadException {
    enter(JsonToken.START_OBJECT, "an object");
  }

  /** Steps into an array. */
  void enterArray() throws IOException, MalformedPayloadException {
    enter(JsonToken.START_ARRAY, "an array");
  }

  /** Returns the next name of the object stepped into, or null at its end. */
  @Nullable String nextName() throws IOException {
    return parser.nextFieldName();
  }

  /** Steps into the next object of the array stepped into; returns false at the array's end. */
  boolean nextObject() throws IOException, MalformedPayloadException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_OBJECT) {
      return true;
    }
    if (token == JsonToken.END_ARRAY) {
      return false;
    }
    throw Malformed.type(parser, "an object");
  }

  /** Reads a string, or null. */
  @Nullable String string() throws IOException, MalformedPayloadException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    throw Malformed.type(parser, "a string");
  }

  /**
   * Reads an object all of whose values are strings, in its order; or null.
   *
   * @param wanted the names that matter; the others are checked and not kept
   */
  @Nullable Map<String, String> strings(Predicate<String> wanted)
      throws IOException, MalformedPayloadException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.START_OBJECT) {
      throw Malformed.type(parser, "an object of strings");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String name = nextName(); name != null; name = nextName()) {
      if (parser.nextToken() != JsonToken.VALUE_STRING) {
        throw Malformed.type(parser, "a string");
      }
      if (wanted.test(name)) {
        values.put(shared(name), shared(parser.getText()));
      }
    }
    return values;
  }

  /** Reads a whole number from 0 to 2^63-1; null is 0. */
  long count() throws IOException, MalformedPayloadException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return 0;
    }
    // The length first: a number of a million digits is not worth converting.
    if (token == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() <= 19) {
      long value =
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? -1 : parser.getLongValue();
      if (value >= 0) {
        return value;
      }
    }
    throw Malformed.type(parser, "a whole number from 0 to 9223372036854775807");
  }

  /** Reads an array of anything, or null, and returns whether it holds nothing. */
  boolean emptyArray() throws IOException, MalformedPayloadException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return true;
    }
    if (token != JsonToken.START_ARRAY) {
      throw Malformed.type(parser, "an array");
    }
    boolean empty = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      parser.skipChildren();
      empty = false;
    }
    return empty;
  }

  /** Passes over the next value, whatever it is. */
  void skip() throws IOException {
    parser.nextToken();
    parser.skipChildren();
  }

  private String shared(String text) {
    if (text.length() > LONGEST_SHARED) {
      return text;
    }
    String known = shared.get(text);
    if (known == null && shared.size() < MOST_SHARED) {
      shared.put(text, text);
    }
    return known == null ? text : known;
  }

  private void enter(JsonToken wanted, String expected)
      throws IOException, MalformedPayloadException {
    if (parser.nextToken() != wanted) {
      throw Malformed.type(parser, expected);
    }
  }
}
