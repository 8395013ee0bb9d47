package dev.selfheal.exporter.probe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import dev.selfheal.ollama.OddBodyException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Counts the models of {@code /api/tags} while the answer comes in, so that a long list needs no
 * memory.
 */
final class TagsBody {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String MODELS = "models";

  private final JsonParser parser;
  private final ByteArrayFeeder feeder;
  private int depth;
  private int lists;
  private boolean inList;
  private boolean ended;
  private int models;

  TagsBody() {
    try {
      parser = FACTORY.createNonBlockingByteArrayParser();
    } catch (IOException e) {
      throw new IllegalStateException("a parser without input cannot fail to read it", e);
    }
    feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
  }

  /** Takes the next piece of the body. */
  void feed(byte[] piece) throws OddBodyException {
    try {
      feeder.feedInput(piece, 0, piece.length);
      advance();
    } catch (IOException e) {
      throw new OddBodyException("an answer that is not JSON");
    }
  }

  /** How many models there were, after the last piece. */
  int finish() throws OddBodyException {
    try {
      feeder.endOfInput();
      advance();
    } catch (IOException e) {
      throw new OddBodyException("an answer that is not JSON");
    }
    if (!ended || lists != 1) {
      throw new OddBodyException("an answer without a list of models");
    }
    return models;
  }

  private void advance() throws IOException, OddBodyException {
    for (JsonToken token = parser.nextToken();
        token != null && token != JsonToken.NOT_AVAILABLE;
        token = parser.nextToken()) {
      take(token);
    }
  }

  private void take(JsonToken token) throws IOException, OddBodyException {
    if (ended || (depth == 0 && token != JsonToken.START_OBJECT)) {
      throw new OddBodyException("an answer that is no JSON object");
    }
    String key = depth == 1 ? parser.currentName() : null;
    if (token.isStructStart()) {
      open(token, key);
    } else if (token.isStructEnd()) {
      close();
    } else if (token == JsonToken.VALUE_NULL && MODELS.equals(key)) {
      lists++; // Go's word for an empty list
    }
  }

  private void open(JsonToken token, @Nullable String key) {
    if (depth == 1 && token == JsonToken.START_ARRAY && MODELS.equals(key)) {
      lists++;
      inList = true;
    } else if (depth == 2 && inList && token == JsonToken.START_OBJECT) {
      models++;
    }
    depth++;
  }

  private void close() {
    depth--;
    inList &= depth > 1;
    ended = depth == 0;
  }
}
