package dev.selfheal.alertmanager;

import dev.selfheal.http.BoundedBody;
import dev.selfheal.http.NoAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks over HTTP, bounded in time and size. Follows no redirect and uses no proxy. Safe for use by
 * many threads; costs nothing until the first question.
 */
final class ApiConnection implements AutoCloseable {
  private static final long MAX_BODY_BYTES = 16L << 20;
  private static final Duration IDLE_THREAD = Duration.ofSeconds(10);

  private final Duration limit;
  private final ThreadPoolExecutor thread;
  private @Nullable HttpClient http;

  /**
   * @param limit the time for one question, from connecting to the last byte of the answer
   * @throws IllegalArgumentException if the limit is not positive
   */
  ApiConnection(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("The limit of a question must be positive.");
    }
    this.limit = limit;
    this.thread = idleThread();
  }

  /**
   * Asks once and waits for an answer of status 200. An interrupt ends the wait and stays set.
   *
   * @throws NoAnswerException for anything else that the network or the other side does
   */
  HttpResponse<byte[]> get(URI address) throws NoAnswerException {
    try {
      return judge(ask(address));
    } catch (TimeoutException e) {
      throw new NoAnswerException(NoAnswer.late(limit).why());
    } catch (ExecutionException e) {
      throw new NoAnswerException(NoAnswer.of(e.getCause(), limit).why());
    } catch (IOException | RejectedExecutionException e) {
      throw new NoAnswerException(NoAnswer.of(e, limit).why());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException("interrupted while waiting");
    }
  }

  /** Ends the thread. A question under way ends without an answer, within its limit. */
  @Override
  public void close() {
    thread.shutdownNow();
  }

  private HttpResponse<byte[]> ask(URI address)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    HttpRequest request =
        HttpRequest.newBuilder(address).timeout(limit).header("Accept", "application/json").build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http().sendAsync(request, head -> new BoundedBody(MAX_BODY_BYTES));
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      answer.cancel(true); // hangs up on an answer that is not complete
    }
  }

  private static HttpResponse<byte[]> judge(HttpResponse<byte[]> answer) throws NoAnswerException {
    int status = answer.statusCode();
    if (status / 100 == 3) {
      throw new NoAnswerException("status " + status + ", a redirect, which is not followed");
    }
    if (status != 200) {
      throw new NoAnswerException("status " + status);
    }
    return answer;
  }

  private synchronized HttpClient http() {
    if (http == null) {
      http =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .proxy(HttpClient.Builder.NO_PROXY)
              .connectTimeout(limit)
              .executor(thread)
              .build();
    }
    return http;
  }

  // Questions are minutes apart, so the thread does not wait for the next one.
  private static ThreadPoolExecutor idleThread() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_THREAD.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread made = new Thread(task, "alertmanager-client");
              made.setDaemon(true);
              return made;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
