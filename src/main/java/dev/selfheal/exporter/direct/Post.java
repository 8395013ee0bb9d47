package dev.selfheal.exporter.direct;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.selfheal.http.BoundedBody;
import dev.selfheal.http.NoAnswer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Posts to a webhook, bounded in time and size. Follows no redirect, which could carry the token
 * elsewhere, and uses no proxy. Costs nothing until the first notification. For one thread.
 */
final class Post {
  /** The receiver answers in milliseconds; its disk may hang for a while. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final long MOST_BYTES = 1 << 20;
  private static final JsonMapper JSON = new JsonMapper();

  private final Webhook webhook;
  private final Executor threads;
  private final Duration limit;
  private @Nullable HttpClient http;

  Post(Webhook webhook, Executor threads, Duration limit) {
    this.webhook = webhook;
    this.threads = threads;
    this.limit = limit;
  }

  /** Sends a notification once, and waits for what becomes of it. */
  Delivery send(byte[] body) throws InterruptedException {
    try {
      return judge(exchange(request(body)));
    } catch (TimeoutException e) {
      return new Delivery.Failed(NoAnswer.late(limit).why());
    } catch (ExecutionException e) {
      return new Delivery.Failed(NoAnswer.of(e.getCause(), limit).why());
    } catch (IOException e) {
      return new Delivery.Failed("exporter.webhook.token_file: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      return new Delivery.Failed("exporter.webhook: the token or the URL is not fit for HTTP");
    }
  }

  private HttpRequest request(byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(webhook.url())
            .timeout(limit)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    Webhook.Token token = webhook.token();
    return (token == null ? request : request.header("Authorization", "Bearer " + token.read()))
        .build();
  }

  private HttpResponse<byte[]> exchange(HttpRequest request)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http().sendAsync(request, head -> new BoundedBody(MOST_BYTES));
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      answer.cancel(true); // hangs up on an answer that is not complete
    }
  }

  private static Delivery judge(HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    if (status / 100 == 3) {
      return new Delivery.Failed("status " + status + ", a redirect, which is not followed");
    }
    if (status / 100 != 2) {
      return new Delivery.Failed("status " + status);
    }
    return ignores(answer.body()) ? new Delivery.Ignored() : new Delivery.Taken();
  }

  /** Any 2xx is a success; only an answer that says so in so many words has ignored something. */
  private static boolean ignores(byte[] body) {
    try {
      JsonNode answer = JSON.readTree(body);
      return answer.path("accepted").asInt(1) == 0 && answer.path("ignored").asInt() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpClient http() {
    HttpClient made = http;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .proxy(HttpClient.Builder.NO_PROXY)
              .connectTimeout(limit)
              .executor(threads)
              .build();
      http = made;
    }
    return made;
  }
}
