package dev.selfheal.exporter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.exporter.CanaryResult.Answered;
import dev.selfheal.exporter.CanaryResult.NoAnswer;
import dev.selfheal.exporter.CanaryResult.NotPossible;
import dev.selfheal.exporter.sample.Sample;
import dev.selfheal.ollama.OllamaSession;
import dev.selfheal.ollama.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a suspected runner for one token, seldom, in a way that changes nothing: on the model that
 * it runs, with the options that it has, and for the time that the model would have stayed anyway.
 *
 * <p>A success proves life. Not safe for use by several threads at once.
 */
public final class Canary {
  static final Duration LIMIT = Duration.ofSeconds(30);
  static final Duration PAUSE = Duration.ofMinutes(2);

  private static final int MOST_BYTES = 1 << 20;
  private static final int BAD_REQUEST = 400;
  private static final JsonMapper JSON = new JsonMapper();

  private final OllamaSession session;
  private final LongSupplier ticker;
  private final Duration limit;
  private @Nullable Long last;
  private @Nullable CompletableFuture<CanaryResult> underWay;

  /**
   * @param ticker nanoseconds of a steady clock
   */
  public Canary(OllamaSession session, LongSupplier ticker) {
    this(session, ticker, LIMIT);
  }

  Canary(OllamaSession session, LongSupplier ticker, Duration limit) {
    this.session = session;
    this.ticker = ticker;
    this.limit = limit;
  }

  /** Whether one may be sent now: none is under way, and the last is two minutes old. */
  public boolean isFree() {
    boolean idle = underWay == null || underWay.isDone();
    return idle && (last == null || ticker.getAsLong() - last >= PAUSE.toNanos());
  }

  /**
   * Asks a runner, and does not wait. The future always completes with a value.
   *
   * @param runner its pid
   * @throws IllegalStateException if it is not free
   */
  public CompletableFuture<CanaryResult> ask(Sample sample, long runner) {
    if (!isFree()) {
      throw new IllegalStateException("at most one canary in two minutes");
    }
    CanaryModel model = CanaryModel.of(sample, runner);
    if (model instanceof CanaryModel.Ask ask) {
      last = ticker.getAsLong();
      underWay = generate(ask);
      return underWay;
    }
    return CompletableFuture.completedFuture(new NotPossible(((CanaryModel.None) model).why()));
  }

  private CompletableFuture<CanaryResult> generate(CanaryModel.Ask ask) {
    ObjectNode question = question(ask).put("prompt", "hi").put("raw", true).put("stream", false);
    question.withObject("/options").put("num_predict", 1);
    long began = ticker.getAsLong();
    return post("/api/generate", question, limit)
        .thenCompose(
            reply ->
                reply instanceof Reply.Given<byte[]> given && given.status() == BAD_REQUEST
                    ? embed(ask, began)
                    : CompletableFuture.completedFuture(judge(reply, began, "response")));
  }

  /** A model that only embeds does not generate. */
  private CompletableFuture<CanaryResult> embed(CanaryModel.Ask ask, long began) {
    Duration left = limit.minus(since(began));
    return post("/api/embed", question(ask).put("input", "hi"), left)
        .thenApply(reply -> judge(reply, began, "embeddings"));
  }

  private static ObjectNode question(CanaryModel.Ask ask) {
    ObjectNode question = JSON.createObjectNode().put("model", ask.name());
    question.withObject("/options").put("num_ctx", ask.contextLength());
    return ask.keepAlive() < 0
        ? question.put("keep_alive", -1)
        : question.put("keep_alive", ask.keepAlive() + "s");
  }

  private CompletableFuture<Reply<byte[]>> post(String path, ObjectNode question, Duration time) {
    byte[] json = question.toString().getBytes(StandardCharsets.UTF_8);
    return session.post(path, json, OllamaSession.bytes(MOST_BYTES), time);
  }

  private CanaryResult judge(Reply<byte[]> reply, long began, String proof) {
    if (reply instanceof Reply.Given<byte[]> given) {
      if (given.status() != 200) {
        return new NotPossible("status " + given.status() + " instead of 200");
      }
      return computed(given.body(), proof)
          ? new Answered(since(began))
          : new NotPossible("an answer for which nothing was computed");
    } else if (reply instanceof Reply.Missing<byte[]> missing) {
      Duration waited = since(began);
      return waited.compareTo(limit) < 0
          ? new NotPossible(missing.why())
          : new NoAnswer(missing.why());
    } else if (reply instanceof Reply.Refused<byte[]> refused) {
      return new NotPossible(refused.why());
    }
    return new NotPossible("an answer that is not Ollama's");
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

  private Duration since(long began) {
    return Duration.ofNanos(ticker.getAsLong() - began);
  }
}
