package dev.selfheal.exporter.probe;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;

/** Hands a body on as it comes, and a copy of its beginning to somebody else at its end. */
final class TeeBody<T> implements BodySubscriber<T> {
  private static final int MOST_BYTES = 1 << 20;

  private final BodySubscriber<T> reader;
  private final Consumer<byte[]> copies;
  private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

  TeeBody(BodySubscriber<T> reader, Consumer<byte[]> copies) {
    this.reader = reader;
    this.copies = copies;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    reader.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      byte[] piece = new byte[Math.min(buffer.remaining(), MOST_BYTES - copy.size())];
      buffer.duplicate().get(piece);
      copy.write(piece, 0, piece.length);
    }
    reader.onNext(buffers);
  }

  @Override
  public void onError(Throwable failure) {
    reader.onError(failure);
  }

  @Override
  public void onComplete() {
    copies.accept(copy.toByteArray()); // first: whoever waits for the reader may look at the copy
    reader.onComplete();
  }

  @Override
  public CompletionStage<T> getBody() {
    return reader.getBody();
  }
}
