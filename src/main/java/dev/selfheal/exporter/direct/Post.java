package dev.selfheal.exporter.direct;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.selfheal.http.DirectClient;
import dev.selfheal.http.NoAnswerException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Posts to a webhook, bounded in time and size. Costs nothing until the first notification. For one
 * thread.
 */
final class Post {
  /** The receiver answers in milliseconds; its disk may hang for a while. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final long MOST_BYTES = 1 << 20;
  private static final JsonMapper JSON = new JsonMapper();

  private final Webhook webhook;
  private final DirectClient http;

  Post(Webhook webhook, Executor threads, Duration limit) {
    this.webhook = webhook;
    this.http = new DirectClient(threads, limit, MOST_BYTES);
  }

  /** Sends a notification once, and waits for what becomes of it. */
  Delivery send(byte[] body) throws InterruptedException {
    try {
      return judge(http.send(request(body)));
    } catch (NoAnswerException e) {
      return new Delivery.Failed(e.why());
    } catch (IOException e) {
      return new Delivery.Failed("exporter.webhook.token_file: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      return new Delivery.Failed("exporter.webhook: the token or the URL is not fit for HTTP");
    }
  }

  private HttpRequest.Builder request(byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(webhook.url())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    Webhook.Token token = webhook.token();
    return token == null ? request : request.header("Authorization", "Bearer " + token.read());
  }

  private static Delivery judge(HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
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
}
