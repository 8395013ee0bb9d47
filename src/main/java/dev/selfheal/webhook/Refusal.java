package dev.selfheal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.io.EndPoint;

/**
 * Answers requests that are not granted, so that their senders get to read the answer. A sender
 * that is hung up on in mid-body sees a broken connection instead, and Alertmanager would send the
 * same again and again.
 */
final class Refusal {

  /** How long, and how much of a body that nobody wants, is read. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A sender of such a body that is silent for so long is hung up on. */
  private static final Duration SILENCE = Duration.ofSeconds(2);

  /** So many are read at once; whoever else is refused meanwhile is hung up on. */
  private static final int MOST_AT_ONCE = 8;

  private static final int MOST_BYTES = 4 * RequestBody.MOST_BYTES;

  private final Clock clock;
  private final Semaphore readers = new Semaphore(MOST_AT_ONCE);

  Refusal(Clock clock) {
    this.clock = clock;
  }

  /** Answers, and then reads what is left of the body, within limits. */
  void send(Context request, int status, String sentence) {
    if (!bodyIsLeft(request.req())) {
      request.status(status).json(Map.of("error", sentence));
    } else if (readers.tryAcquire()) {
      try {
        sendAndRead(request, status, sentence);
      } finally {
        readers.release();
      }
    } else {
      hangUp(request, status, sentence);
    }
  }

  /** Answers a sender from which nothing more is expected. */
  void hangUp(Context request, int status, String sentence) {
    request.header("Connection", "close").status(status).json(Map.of("error", sentence));
  }

  private static boolean bodyIsLeft(HttpServletRequest request) {
    boolean announced =
        request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    // Who asks before sending learns from the answer that the body is not wanted.
    return announced && request.getHeader("Expect") == null;
  }

  private void sendAndRead(Context request, int status, String sentence) {
    String json = request.jsonMapper().toJsonString(Map.of("error", sentence), Map.class);
    byte[] answer = json.getBytes(UTF_8);
    HttpServletResponse response = request.res();
    try {
      InputStream body = request.req().getInputStream();
      request.status(status).contentType("application/json").header("Connection", "close");
      response.setContentLength(answer.length);
      response.getOutputStream().write(answer);
      response.flushBuffer();
      hurry(request.req());
      read(body);
    } catch (IOException e) {
      // The sender has hung up, or fell silent: there is nobody left to tell.
      return;
    }
  }

  /** The connection ends with this answer, so nobody else meets the shorter patience. */
  private static void hurry(HttpServletRequest request) {
    if (request.getAttribute(Listener.LINE) instanceof EndPoint line) {
      line.setIdleTimeout(SILENCE.toMillis());
    }
  }

  private void read(InputStream body) throws IOException {
    Instant end = clock.instant().plus(PATIENCE);
    byte[] buffer = new byte[16 << 10];
    int left = MOST_BYTES;
    while (left > 0 && clock.instant().isBefore(end)) {
      int read = body.read(buffer);
      left = read < 0 ? 0 : left - read;
    }
  }
}
