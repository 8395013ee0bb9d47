package dev.selfheal.verify;

import dev.selfheal.http.DirectClient;
import dev.selfheal.http.NoAnswerException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Asks over HTTP, bounded in time and size. For many threads. */
public final class Web {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final long MOST_BYTES = 16L << 20;

  private final HttpClient http;

  /**
   * @param tls what https trusts; null for the usual authorities
   */
  Web(@Nullable SSLContext tls) {
    HttpClient.Builder builder = DirectClient.builder().connectTimeout(LIMIT);
    this.http = (tls == null ? builder : builder.sslContext(tls)).build();
  }

  /** An answer, whatever its status. */
  public record Answer(int status, String body, Optional<Instant> date) {

    /** The beginning of the body, for a message. */
    public String excerpt() {
      return body.isBlank() ? "" : ": " + body.strip();
    }
  }

  /**
   * Asks for a page.
   *
   * @param token null to show none
   * @throws NoAnswerException if there is no complete answer within 5 seconds
   */
  Answer get(URI address, @Nullable String token) throws NoAnswerException, InterruptedException {
    return send(HttpRequest.newBuilder(address).GET(), token);
  }

  /** Posts JSON, else like {@link #get}. */
  Answer post(URI address, @Nullable String token, String json)
      throws NoAnswerException, InterruptedException {
    return send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)),
        token);
  }

  private Answer send(HttpRequest.Builder request, @Nullable String token)
      throws NoAnswerException, InterruptedException {
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<byte[]> answer =
        DirectClient.await(http, request.timeout(LIMIT).build(), LIMIT, MOST_BYTES);
    return new Answer(
        answer.statusCode(),
        new String(answer.body(), StandardCharsets.UTF_8),
        answer.headers().firstValue("Date").flatMap(Web::date));
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }
}
