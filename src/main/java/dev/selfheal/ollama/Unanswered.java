package dev.selfheal.ollama;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Words why a server did not answer, in one line. */
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
      return "an answer longer than 64 KiB: this is no Ollama";
    }
    if (failure instanceof ConnectException) {
      return unresolved(failure)
          ? "the host name cannot be resolved"
          : "connection refused, or no route to the host";
    }
    return "connection failed: " + detail(failure);
  }

  /** At most {@code limit} characters of a text, with {@code ?} for any not printable ASCII. */
  static String printable(String text, int limit) {
    StringBuilder out = new StringBuilder();
    text.chars().limit(limit).forEach(c -> out.append(c >= ' ' && c <= '~' ? (char) c : '?'));
    return out.toString();
  }

  private static boolean unresolved(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof UnresolvedAddressException) {
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
    return printable(message == null ? failure.getClass().getSimpleName() : message, MAX_DETAIL);
  }
}
