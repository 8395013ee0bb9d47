package dev.selfheal.alertmanager;

import dev.selfheal.http.DirectClient;
import dev.selfheal.http.NoAnswerException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Asks an API over HTTP, in a thread of its own. Safe for use by many threads. */
final class ApiConnection implements AutoCloseable {
  private static final long MAX_BODY_BYTES = 16L << 20;
  private static final Duration IDLE_THREAD = Duration.ofSeconds(10);

  private final ThreadPoolExecutor thread;
  private final DirectClient http;

  /**
   * @param limit the time for one question, from connecting to the last byte of the answer
   * @throws IllegalArgumentException if the limit is not positive
   */
  ApiConnection(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("The limit of a question must be positive.");
    }
    this.thread = idleThread();
    this.http = new DirectClient(thread, limit, MAX_BODY_BYTES);
  }

  /**
   * Asks once and waits for an answer of status 200. An interrupt ends the wait and stays set.
   *
   * @throws NoAnswerException for anything else that the network or the other side does
   */
  HttpResponse<byte[]> get(URI address) throws NoAnswerException {
    HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(address));
    if (answer.statusCode() != 200) {
      throw new NoAnswerException("status " + answer.statusCode());
    }
    return answer;
  }

  /**
   * Sends JSON once and waits for an answer, whatever its status but a redirect. An interrupt ends
   * the wait and stays set.
   *
   * @throws NoAnswerException for anything else that the network or the other side does
   */
  HttpResponse<byte[]> post(URI address, byte[] json) throws NoAnswerException {
    return send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json)));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws NoAnswerException {
    try {
      return http.send(request.header("Accept", "application/json"));
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
