package dev.selfheal.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * The smallest question that a model must compute for: one token, or one embedding of a model that
 * only embeds. That it is answered proves that the model works; that it is not proves nothing.
 *
 * @param model its name
 * @param contextLength tokens, as the model is loaded with: other options load it anew; 0 leaves it
 *     to the server
 * @param keepAliveSeconds how long the model is to stay in memory, so that the question changes
 *     nothing; -1 for ever, 0 leaves it to the server
 */
public record OneToken(String model, int contextLength, long keepAliveSeconds) {
  private static final int MOST_BYTES = 1 << 20;
  private static final int BAD_REQUEST = 400;
  private static final JsonMapper JSON = new JsonMapper();

  /** What came of it. */
  public sealed interface Result {

    /** It was computed: proof of life. */
    record Computed() implements Result {}

    /**
     * The server declined.
     *
     * @param status of its answer, other than 200
     */
    record Declined(int status, String why) implements Result {}

    /** An answer came for which nothing was computed, or that is none of Ollama's. */
    record Empty(String why) implements Result {}

    /** No whole answer came. */
    record Missing(String why) implements Result {}
  }

  /**
   * Asks, and does not wait. The future always completes with a value.
   *
   * @param limit for the whole of it
   * @param ticker nanoseconds of a steady clock
   */
  public CompletableFuture<Result> ask(OllamaSession session, Duration limit, LongSupplier ticker) {
    ObjectNode question = question().put("prompt", "hi").put("raw", true).put("stream", false);
    question.withObject("/options").put("num_predict", 1);
    long began = ticker.getAsLong();
    return post(session, "/api/generate", question, limit)
        .thenCompose(
            reply ->
                reply instanceof Reply.Given<byte[]> given && given.status() == BAD_REQUEST
                    ? embed(session, limit.minusNanos(ticker.getAsLong() - began))
                    : CompletableFuture.completedFuture(judge(reply, "response")));
  }

  /** A model that only embeds does not generate. */
  private CompletableFuture<Result> embed(OllamaSession session, Duration limit) {
    return post(session, "/api/embed", question().put("input", "hi"), limit)
        .thenApply(reply -> judge(reply, "embeddings"));
  }

  private ObjectNode question() {
    ObjectNode question = JSON.createObjectNode().put("model", model);
    if (contextLength > 0) {
      question.withObject("/options").put("num_ctx", contextLength);
    }
    if (keepAliveSeconds < 0) {
      question.put("keep_alive", -1);
    } else if (keepAliveSeconds > 0) {
      question.put("keep_alive", keepAliveSeconds + "s");
    }
    return question;
  }

  private static CompletableFuture<Reply<byte[]>> post(
      OllamaSession session, String path, ObjectNode question, Duration limit) {
    byte[] json = question.toString().getBytes(StandardCharsets.UTF_8);
    return session.post(path, json, OllamaSession.bytes(MOST_BYTES), limit);
  }

  private static Result judge(Reply<byte[]> reply, String proof) {
    if (reply instanceof Reply.Given<byte[]> given) {
      if (given.status() != 200) {
        int status = given.status();
        return new Result.Declined(status, "status " + status + " instead of 200");
      }
      return computed(given.body(), proof)
          ? new Result.Computed()
          : new Result.Empty("an answer for which nothing was computed");
    } else if (reply instanceof Reply.Missing<byte[]> missing) {
      return new Result.Missing(missing.why());
    } else if (reply instanceof Reply.Refused<byte[]> refused) {
      return new Result.Missing(refused.why());
    }
    return new Result.Empty("an answer that is not Ollama's");
  }

  /** Ollama answers {@code load} to a question that it only loaded the model for. */
  private static boolean computed(byte[] body, String proof) {
    try {
      JsonNode answer = JSON.readTree(body);
      JsonNode found = answer.path(proof);
      return found.isArray()
          ? !found.isEmpty()
          : answer.path("done").asBoolean() && !answer.path("done_reason").asText().equals("load");
    } catch (IOException e) {
      return false;
    }
  }
}
