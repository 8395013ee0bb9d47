package dev.selfheal.http;

import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks over HTTP, bounded in time and size. It goes straight to the configured server: no proxy,
 * and no redirect, which could carry a secret elsewhere. Safe for use by many threads; costs
 * nothing until the first question.
 */
public final class DirectClient {
  private final Executor threads;
  private final Duration limit;
  private final long mostBytes;
  private @Nullable HttpClient http;

  /**
   * @param threads where answers are taken apart
   * @param limit the time for one question, from connecting to the last byte of the answer
   * @param mostBytes the longest answer that is read
   */
  public DirectClient(Executor threads, Duration limit, long mostBytes) {
    this.threads = threads;
    this.limit = limit;
    this.mostBytes = mostBytes;
  }

  /** A client's builder that goes straight to its server. */
  public static HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY);
  }

  /**
   * Asks once and waits for an answer, whatever its status but a redirect.
   *
   * @throws NoAnswerException for anything else that the network or the other side does
   */
  public HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws NoAnswerException, InterruptedException {
    try {
      HttpResponse<byte[]> answer = await(http(), request.timeout(limit).build(), limit, mostBytes);
      if (answer.statusCode() / 100 == 3) {
        throw new NoAnswerException(
            "status " + answer.statusCode() + ", a redirect, which is not followed");
      }
      return answer;
    } catch (UncheckedIOException e) {
      throw new NoAnswerException(NoAnswer.of(e.getCause(), limit)); // no descriptors were left
    } catch (RejectedExecutionException e) {
      throw new NoAnswerException(NoAnswer.of(e, limit)); // its threads have ended
    }
  }

  /**
   * Sends a request and waits until its answer is complete, or hangs up.
   *
   * @throws NoAnswerException if there is no complete answer within the limit, or none so short
   */
  public static HttpResponse<byte[]> await(
      HttpClient http, HttpRequest request, Duration limit, long mostBytes)
      throws NoAnswerException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, head -> new BoundedBody(mostBytes));
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new NoAnswerException(NoAnswer.late(limit));
    } catch (ExecutionException e) {
      throw new NoAnswerException(NoAnswer.of(e.getCause(), limit));
    } finally {
      answer.cancel(true); // hangs up on an answer that is not complete
    }
  }

  private synchronized HttpClient http() {
    if (http == null) {
      http = builder().connectTimeout(limit).executor(threads).build();
    }
    return http;
  }
}
