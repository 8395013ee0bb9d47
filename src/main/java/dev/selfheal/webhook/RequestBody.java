package dev.selfheal.webhook;

import io.javalin.http.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The body of a request, with its limits. */
final class RequestBody {

  /** More than any Alertmanager sends, and little enough to be read in one piece. */
  static final int MOST_BYTES = 16 << 20;

  /** A body that takes longer holds a thread for too long. */
  private static final Duration SLOWEST = Duration.ofSeconds(30);

  private RequestBody() {}

  /**
   * Checks what is declared about the body of a POST.
   *
   * @throws HttpError 413 or 415
   */
  static void checkHead(Context request) {
    String type = Optional.ofNullable(request.contentType()).orElse("");
    String media = type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    if (!media.equals("application/json")) {
      throw new HttpError(415, "send this with Content-Type: application/json");
    }
    String encoding = Optional.ofNullable(request.header("Content-Encoding")).orElse("identity");
    if (!encoding.trim().equalsIgnoreCase("identity")) {
      throw new HttpError(415, "send this without Content-Encoding: compressed bodies are refused");
    }
    if (request.req().getContentLengthLong() > MOST_BYTES) {
      throw tooLarge();
    }
  }

  /**
   * The body as a stream that fails with status 413 or 408 if it grows too large, or too slowly.
   */
  static InputStream stream(Context request, Clock clock) {
    return new Bounded(request.bodyInputStream(), clock);
  }

  private static HttpError tooLarge() {
    return new HttpError(413, "the body is larger than 16 MiB: lower max_alerts or group by less");
  }

  private static final class Bounded extends FilterInputStream {

    private final Clock clock;
    private final Instant end;
    private int left = MOST_BYTES;

    Bounded(InputStream in, Clock clock) {
      super(in);
      this.clock = clock;
      this.end = clock.instant().plus(SLOWEST);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count(Math.max(0, read));
      return read;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw tooLarge();
      }
      if (read > 0 && clock.instant().isAfter(end)) {
        throw new HttpError(408, "the body did not arrive within " + SLOWEST.toSeconds() + " s");
      }
    }
  }
}
