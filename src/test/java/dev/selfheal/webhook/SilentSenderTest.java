package dev.selfheal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.selfheal.testkit.EmbeddedReceiver;
import dev.selfheal.testkit.Notification;
import dev.selfheal.testkit.RawConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sender that falls silent in mid-body is told so, and keeps nobody else waiting. */
@Timeout(60)
class SilentSenderTest {

  private static String head(String path) {
    return """
    POST %s HTTP/1.1\r
    Host: localhost\r
    Content-Type: application/json\r
    Content-Length: 1000\r
    """
        .formatted(path);
  }

  private static String bearing(String token) {
    return "Authorization: Bearer " + token + "\r\n\r\n{\"version\":\"4\"";
  }

  @ParameterizedTest
  @ValueSource(strings = {"/webhook/alertmanager", "/api/v1/remediations", "/api/v1/pause"})
  void aBodyThatStopsIsAnsweredInOurWords(String path) throws IOException {
    String token =
        path.startsWith("/api") ? EmbeddedReceiver.OPERATOR_TOKEN : EmbeddedReceiver.WEBHOOK_TOKEN;
    try (EmbeddedReceiver receiver = EmbeddedReceiver.hangingUpAfter(Duration.ofSeconds(1));
        RawConnection silent = new RawConnection(receiver.port())) {
      silent.send(head(path) + bearing(token));
      RawConnection.Raw answer = silent.answer();
      assertThat(answer.status()).as(answer.toString()).isEqualTo(408);
      assertThat(answer.head()).containsIgnoringCase("content-type: application/json");
      assertThat(answer.body()).isEqualTo("{\"error\":\"the body did not arrive in time\"}");
      assertThat(silent.isHungUp()).isTrue();
    }
  }

  /** As an operator's consent, for which a host and Alertmanager may have to be asked first. */
  @Test
  void whoWaitsForAnAnswerIsNotSilent() throws IOException {
    HttpServer slow =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    slow.createContext("/", SilentSenderTest::answerLate);
    slow.start();
    try (EmbeddedReceiver receiver = EmbeddedReceiver.hangingUpAfter(Duration.ofSeconds(1))) {
      receiver.configure(
          EmbeddedReceiver.TOKENS
              + "mode: approve\nalertmanager_url: http://127.0.0.1:"
              + slow.getAddress().getPort()
              + "\n"
              + EmbeddedReceiver.TARGETS);
      receiver.operator().post("/-/reload").then().statusCode(200);
      receiver.alertmanager().body(Notification.of("gpu-01").toString()).post(WebhookRoute.PATH);
      await()
          .untilAsserted(
              () ->
                  receiver
                      .operator()
                      .get("/api/v1/attempts?state=open")
                      .then()
                      .body("attempts", hasSize(1)));
      receiver.clock().advance(Duration.ofMinutes(11));
      receiver.operator().post("/api/v1/attempts/1/approve").then().statusCode(202);
    } finally {
      slow.stop(0);
    }
  }

  private static void answerLate(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean unused = new CountDownLatch(1).await(2, TimeUnit.SECONDS);
      exchange.sendResponseHeaders(503, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void manyWhoAreRefusedAndSendNoBodyKeepNobodyElseWaiting() throws Exception {
    List<RawConnection> silent = new ArrayList<>();
    try (EmbeddedReceiver receiver = EmbeddedReceiver.withTokens()) {
      for (int i = 0; i < 120; i++) {
        silent.add(new RawConnection(receiver.port()).send(head(WebhookRoute.PATH)));
        silent.get(i).send("\r\n");
      }
      assertTimeout(
          Duration.ofSeconds(10),
          () -> receiver.anonymous().get("/-/healthy").then().statusCode(200));
      for (RawConnection each : silent) {
        assertThat(each.answer().status()).isEqualTo(401);
        assertThat(each.isHungUp()).isTrue();
      }
    } finally {
      for (RawConnection each : silent) {
        each.close();
      }
    }
  }
}
