package dev.selfheal.alertmanager;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the configured Alertmanager, 0.25 or newer, which alerts are active now. Follows no redirect
 * and uses no proxy. Safe for use by many threads; costs nothing until the first question.
 */
public final class AlertmanagerClient implements AutoCloseable {
  private static final long MAX_BODY_BYTES = 16L << 20;
  private static final Duration IDLE_THREAD = Duration.ofSeconds(10);

  private final HttpRequest request;
  private final Duration limit;
  private final Set<String> alertnames;
  private final ThreadPoolExecutor thread;
  private @Nullable HttpClient http;

  /**
   * @param base the configured {@code alertmanager_url}, with or without a path
   * @param limit the time for one question, from connecting to the last byte of the answer
   * @param alertnames the configured names; alerts with other names are left out
   * @throws IllegalArgumentException if the base cannot be the address of an Alertmanager, or the
   *     limit is not positive
   */
  public AlertmanagerClient(URI base, Duration limit, Collection<String> alertnames) {
    this.limit = limit;
    this.alertnames = Set.copyOf(alertnames);
    URI address = ActiveAlertsQuery.below(base, this.alertnames);
    this.request =
        HttpRequest.newBuilder(address).timeout(limit).header("Accept", "application/json").build();
    this.thread = idleThread();
  }

  /**
   * Asks once and waits for the answer. Never throws for anything that the network or the other
   * side does. An interrupt ends the wait and stays set.
   */
  public ActiveAlerts activeAlerts() {
    try {
      return judge(ask());
    } catch (TimeoutException e) {
      return unreachable(Unanswered.late(limit));
    } catch (ExecutionException e) {
      return unreachable(Unanswered.why(e.getCause(), limit));
    } catch (IOException | RejectedExecutionException e) {
      return unreachable(Unanswered.why(e, limit));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unreachable("interrupted while waiting");
    }
  }

  /** Ends the client's thread. A question under way ends as unreachable, within its limit. */
  @Override
  public void close() {
    thread.shutdownNow();
  }

  private HttpResponse<byte[]> ask()
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http().sendAsync(request, head -> new BoundedBody(MAX_BODY_BYTES));
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      answer.cancel(true); // hangs up on an answer that is not complete
    }
  }

  private ActiveAlerts judge(HttpResponse<byte[]> answer) throws IOException {
    int status = answer.statusCode();
    if (status / 100 == 3) {
      return unreachable("status " + status + ", a redirect, which is not followed");
    }
    if (status != 200) {
      return unreachable("status " + status);
    }
    try {
      ByteArrayInputStream body = new ByteArrayInputStream(answer.body());
      return new ActiveAlerts.Known(ApiAlert.activeFingerprints(body, alertnames));
    } catch (MalformedPayloadException e) {
      return unreachable("the answer is not that of an Alertmanager: " + e.getMessage());
    }
  }

  private ActiveAlerts.Unreachable unreachable(String why) {
    URI address = request.uri();
    String where = address.getScheme() + "://" + address.getRawAuthority();
    return new ActiveAlerts.Unreachable("Alertmanager at " + where + ": " + why);
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
