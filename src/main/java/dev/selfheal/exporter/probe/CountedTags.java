package dev.selfheal.exporter.probe;

import dev.selfheal.ollama.OddBodyException;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Feeds the body of an answer to a {@link TagsBody}, and hangs up on one without an end. */
final class CountedTags implements BodySubscriber<CountedTags.Count> {
  private final CompletableFuture<Count> result = new CompletableFuture<>();
  private final TagsBody body = new TagsBody();
  private final long limit;
  private long received;
  private @Nullable Subscription subscription;

  /**
   * What was counted.
   *
   * @param odd why it is no count; null if it is one
   */
  record Count(int models, @Nullable String odd) {}

  CountedTags(long limitBytes) {
    this.limit = limitBytes;
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (result.isDone()) {
      return;
    }
    try {
      for (ByteBuffer buffer : buffers) {
        take(buffer);
      }
    } catch (OddBodyException e) {
      hangUp(e.why());
    }
  }

  private void take(ByteBuffer buffer) throws OddBodyException {
    received += buffer.remaining();
    if (received > limit) {
      throw new OddBodyException("an answer longer than " + (limit >> 20) + " MiB");
    }
    byte[] piece = new byte[buffer.remaining()];
    buffer.get(piece);
    body.feed(piece);
  }

  private void hangUp(String why) {
    result.complete(new Count(0, why));
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public void onError(Throwable failure) {
    result.completeExceptionally(
        failure instanceof IOException ? failure : new IOException(failure));
  }

  @Override
  public void onComplete() {
    try {
      result.complete(new Count(body.finish(), null));
    } catch (OddBodyException e) {
      result.complete(new Count(0, e.why()));
    }
  }

  @Override
  public CompletionStage<Count> getBody() {
    return result;
  }
}
