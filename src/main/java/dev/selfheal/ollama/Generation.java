package dev.selfheal.ollama;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A long text that a model was asked for, piece by piece: a client that waits for as long as one
 * likes. Nothing of the text is kept. Ends with {@link #close}, at which the server stops, too.
 */
public final class Generation implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /** Tokens: minutes of work, and an end in any case. */
  private static final int LONG = 20_000;

  private static final int OK = 200;

  private final AtomicLong received = new AtomicLong();
  private final CountDownLatch news = new CountDownLatch(1);
  private final CompletableFuture<Reply<Long>> answer;

  private Generation(OllamaSession session, ObjectNode wish, Duration limit) {
    byte[] json = wish.toString().getBytes(StandardCharsets.UTF_8);
    this.answer =
        session.post("/api/generate", json, head -> new Counting(head.statusCode() == OK), limit);
    CompletableFuture<Void> unused = answer.thenRun(news::countDown);
  }

  /**
   * Asks, and does not wait.
   *
   * @param contextLength tokens, as the model is loaded with: another number loads it anew; 0
   *     leaves it to the server
   * @param limit after which it hangs up in any case
   */
  public static Generation begin(
      OllamaSession session, String model, int contextLength, Duration limit) {
    ObjectNode wish =
        JSON.createObjectNode()
            .put("model", model)
            .put("prompt", "Count from one upwards in words, and never stop.")
            .put("stream", true);
    wish.withObject("/options").put("num_predict", LONG);
    if (contextLength > 0) {
      wish.withObject("/options").put("num_ctx", contextLength);
    }
    return new Generation(session, wish, limit);
  }

  /** Waits until the first piece is there; false if the answer ends without one, or is late. */
  public boolean awaitFirst(Duration limit) throws InterruptedException {
    return news.await(limit.toNanos(), TimeUnit.NANOSECONDS) && received.get() > 0;
  }

  /** Bytes of the text so far. */
  public long received() {
    return received.get();
  }

  /** Whether nothing more will come: it is complete, refused or cut off. */
  public boolean ended() {
    return answer.isDone();
  }

  /** Why nothing came: one line, of an answer that has ended. */
  public String why() {
    try {
      Reply<Long> reply = answer.isDone() ? answer.get() : new Reply.Missing<>("nothing came yet");
      return words(reply);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("a question ends with a value", e);
    }
  }

  private static String words(Reply<Long> reply) {
    if (reply instanceof Reply.Missing<Long> missing) {
      return missing.why();
    } else if (reply instanceof Reply.Refused<Long> refused) {
      return refused.why();
    } else if (reply instanceof Reply.Garbled<Long> garbled) {
      return garbled.why();
    }
    return "status " + ((Reply.Given<Long>) reply).status();
  }

  @Override
  public void close() {
    answer.cancel(true);
  }

  /** Counts what comes, and tells of the first of it. */
  private final class Counting implements BodySubscriber<Long> {
    private final boolean isText;
    private final CompletableFuture<Long> whole = new CompletableFuture<>();

    Counting(boolean isText) {
      this.isText = isText;
    }

    @Override
    public CompletionStage<Long> getBody() {
      return whole;
    }

    @Override
    public void onSubscribe(Subscription given) {
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
      if (isText) {
        pieces.forEach(piece -> received.addAndGet(piece.remaining()));
        news.countDown();
      }
    }

    @Override
    public void onError(Throwable failure) {
      whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      whole.complete(received.get());
    }
  }
}
