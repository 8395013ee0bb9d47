package dev.selfheal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.selfheal.testkit.EmbeddedReceiver;
import dev.selfheal.testkit.RawConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
