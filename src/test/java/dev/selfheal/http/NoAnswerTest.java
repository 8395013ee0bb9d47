package dev.selfheal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NoAnswerTest {
  private static final Duration LIMIT = Duration.ofMillis(1500);

  @Test
  void eachFailureHasItsWords() {
    assertThat(why(new HttpTimeoutException("x"))).isEqualTo("no complete answer within 1500 ms");
    assertThat(why(new ConnectException()))
        .isEqualTo("connection refused, or no route to the host");
    Throwable unresolved = new ConnectException().initCause(new UnresolvedAddressException());
    assertThat(why(unresolved)).isEqualTo("the host name cannot be resolved");
    assertThat(why(new IOException(new RejectedExecutionException())))
        .isEqualTo("the client is closed");
    assertThat(why(new SSLHandshakeException("PKIX"))).isEqualTo("TLS failed: PKIX");
    assertThat(why(new IOException())).isEqualTo("connection failed: IOException");
    assertThat(why(null)).isEqualTo("connection failed: unknown reason");
  }

  @Test
  void foreignWordsBecomeOnePrintableLine() {
    assertThat(why(new IOException("a\n\u001b[2J" + "x".repeat(1_000))))
        .startsWith("connection failed: a??[2Jxxx")
        .endsWith("...")
        .hasSizeLessThan(200);
  }

  @Test
  void anAnswerAsLongAsTheLimitIsTakenAndOneByteMoreIsHungUpOn() {
    assertThat(received(2_048, 2_048)).hasSize(2_048);
    assertThatThrownBy(() -> received(2_048, 2_049))
        .isInstanceOf(CompletionException.class)
        .satisfies(e -> assertThat(why(e.getCause())).isEqualTo("the answer is larger than 2 KiB"));
    assertThat(why(new BoundedBody.TooLargeException(16 << 20)))
        .isEqualTo("the answer is larger than 16 MiB");
  }

  private static byte[] received(int limit, int length) {
    BoundedBody body = new BoundedBody(limit);
    List<String> calls = new ArrayList<>();
    body.onSubscribe(
        new Subscription() {
          @Override
          public void request(long count) {}

          @Override
          public void cancel() {
            calls.add("cancel");
          }
        });
    body.onNext(List.of(ByteBuffer.allocate(1_024), ByteBuffer.allocate(length - 1_024)));
    assertThat(calls).hasSize(length > limit ? 1 : 0);
    body.onComplete();
    return body.getBody().toCompletableFuture().join();
  }

  private static String why(@Nullable Throwable failure) {
    return NoAnswer.of(failure, LIMIT).why();
  }
}
