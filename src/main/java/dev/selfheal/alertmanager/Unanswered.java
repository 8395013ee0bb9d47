package dev.selfheal.alertmanager;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Words why a question over HTTP got no answer, in one line. */
final class Unanswered {
  private static final int MAX_DETAIL = 120;

  private Unanswered() {}

  /** No complete answer within the limit. */
  static String late(Duration limit) {
    return "no complete answer within " + limit.toMillis() + " ms";
  }

  /** The reason that an exception stands for. */
  static String why(@Nullable Throwable failure, Duration limit) {
    if (failure instanceof HttpTimeoutException) {
      return late(limit);
    }
    if (failure instanceof BoundedBody.TooLargeException) {
      return "the answer is larger than 16 MiB";
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
