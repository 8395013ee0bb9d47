package dev.selfheal.http;

import dev.selfheal.http.BoundedBody.TooLargeException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * That a question over HTTP got no complete answer.
 *
 * @param why one line for an operator, of printable ASCII
 */
public record NoAnswer(String why) {
  private static final int MAX_DETAIL = 120;

  /** No complete answer within the limit. */
  public static NoAnswer late(Duration limit) {
    return new NoAnswer("no complete answer within " + limit.toMillis() + " ms");
  }

  /**
   * What a failure of {@code java.net.http} stands for.
   *
   * @param failure the cause, where a future wrapped it
   * @param limit the time that the question had
   */
  public static NoAnswer of(@Nullable Throwable failure, Duration limit) {
    return failure instanceof HttpTimeoutException ? late(limit) : new NoAnswer(words(failure));
  }

  private static String words(@Nullable Throwable failure) {
    if (failure instanceof TooLargeException tooLarge) {
      return String.valueOf(tooLarge.getMessage());
    }
    if (failure instanceof ConnectException) {
      return causedBy(failure, UnresolvedAddressException.class)
          ? "the host name cannot be resolved"
          : "connection refused, or no route to the host";
    }
    if (causedBy(failure, RejectedExecutionException.class)) {
      return "the client is closed";
    }
    return (failure instanceof SSLException ? "TLS failed: " : "connection failed: ")
        + detail(failure);
  }

  private static boolean causedBy(@Nullable Throwable failure, Class<?> type) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return true;
      }
    }
    return false;
  }

  private static String detail(@Nullable Throwable failure) {
    if (failure == null) {
      return "unknown reason";
    }
    String message = failure.getMessage();
    return Printable.cut(
        message == null ? failure.getClass().getSimpleName() : message, MAX_DETAIL);
  }
}
