package dev.selfheal.webhook;

import io.javalin.http.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** The body of a request, with its limits. */
final class RequestBody {

  /** More than any Alertmanager sends, and little enough to be read in one piece. */
  static final int MOST_BYTES = 16 << 20;

  /** A body that takes longer holds a thread for too long. */
  private static final Duration SLOWEST = Duration.ofSeconds(30);

  private final Clock clock;
  private final BodyBudget budget;

  RequestBody(Clock clock, BodyBudget budget) {
    this.clock = clock;
    this.budget = budget;
  }

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
   * The body as a stream that fails with status 413 or 408 if it grows too large, or too slowly,
   * and with 503 if there is no room for it. To be closed when what was read is not needed any
   * more.
   */
  InputStream stream(Context request) {
    return new Bounded(request.bodyInputStream(), clock, budget.open());
  }

  private static HttpError tooLarge() {
    return new HttpError(413, "the body is larger than 16 MiB: lower max_alerts or group by less");
  }

  private static final class Bounded extends FilterInputStream {

    private final Clock clock;
    private final Instant end;
    private final BodyBudget.Share share;
    private int left = MOST_BYTES;

    Bounded(InputStream in, Clock clock, BodyBudget.Share share) {
      super(in);
      this.clock = clock;
      this.share = share;
      this.end = clock.instant().plus(SLOWEST);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = await(buffer, offset, length);
      count(Math.max(0, read));
      return read;
    }

    /** Left as it is, the server's own timeout would be answered without a word of ours. */
    private int await(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (IOException e) {
        if (e.getCause() instanceof TimeoutException) {
          throw new InterruptedIOException("the sender fell silent");
        }
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      share.close();
      super.close();
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw tooLarge();
      }
      if (!share.take(read)) {
        throw new HttpError(503, "too many large bodies arrive at once: send this again");
      }
      if (read > 0 && clock.instant().isAfter(end)) {
        throw new HttpError(408, "the body did not arrive within " + SLOWEST.toSeconds() + " s");
      }
    }
  }
}
