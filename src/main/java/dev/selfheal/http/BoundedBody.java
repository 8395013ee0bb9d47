package dev.selfheal.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Collects the body of an answer to {@code java.net.http}, and hangs up on one that is longer than
 * the limit: its future then fails with a {@link TooLargeException}.
 */
public final class BoundedBody implements BodySubscriber<byte[]> {
  private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
  private final long limit;
  private long received;
  private @Nullable Subscription subscription;

  /** Collects at most so many bytes, after any coding of the transfer was undone. */
  public BoundedBody(long limitBytes) {
    this.limit = limitBytes;
  }

  /** The body is longer than the limit. */
  public static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(long limitBytes) {
      super("the answer is larger than " + inWords(limitBytes));
    }

    private static String inWords(long bytes) {
      return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : (bytes >> 10) + " KiB";
    }
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    bytes.onSubscribe(given);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      received += buffer.remaining();
    }
    if (received <= limit) {
      bytes.onNext(buffers);
    } else if (subscription != null) {
      subscription.cancel();
      bytes.onError(new TooLargeException(limit));
    }
  }

  @Override
  public void onError(Throwable failure) {
    bytes.onError(failure);
  }

  @Override
  public void onComplete() {
    bytes.onComplete();
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return bytes.getBody();
  }
}
