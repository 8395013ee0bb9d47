package dev.selfheal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.testkit.EmbeddedReceiver;
import dev.selfheal.testkit.RawConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sender that takes its time is cut off, and keeps nobody else waiting. */
@Timeout(60)
class SlowSenderTest {

  private static final String HEAD =
      " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
          + "Content-Length: 1000\r\n\r\n{\"version\":\"4\"";

  @AutoClose private final EmbeddedReceiver receiver = EmbeddedReceiver.open();

  @ParameterizedTest
  @ValueSource(strings = {"/webhook/alertmanager", "/api/v1/remediations", "/api/v1/pause"})
  void aBodyThatDripsForMoreThanThirtySecondsIsCutOff(String path) throws IOException {
    try (RawConnection slow = new RawConnection(receiver.port())) {
      slow.send("POST " + path + HEAD);
      awaitBusyThreads(1);
      receiver.clock().advance(Duration.ofSeconds(30));
      slow.send(" ");
      receiver.clock().advance(Duration.ofSeconds(1));
      slow.send(" ");
      RawConnection.Raw answer = slow.answer();
      assertThat(answer.status()).as(answer.toString()).isEqualTo(408);
      assertThat(answer.body()).contains("did not arrive within 30 s");
      assertThat(slow.isHungUp()).isTrue();
    }
  }

  @Test
  void aRefusedBodyThatGoesOnAndOnIsNotReadToItsEnd() throws IOException {
    try (RawConnection slow = new RawConnection(receiver.port())) {
      slow.send("POST /nowhere" + HEAD);
      assertThat(slow.answer().status()).isEqualTo(404);
      receiver.clock().advance(Duration.ofSeconds(6));
      slow.send(" ");
      assertThat(slow.isHungUp()).isTrue();
    }
  }

  @Test
  void slowSendersKeepNobodyElseWaiting() throws Exception {
    RawConnection[] slow = new RawConnection[20];
    for (int i = 0; i < slow.length; i++) {
      slow[i] = new RawConnection(receiver.port()).send("POST /webhook/alertmanager" + HEAD);
    }
    awaitBusyThreads(slow.length);
    receiver.anonymous().get("/-/ready").then().statusCode(200);
    for (RawConnection each : slow) {
      each.close();
    }
    await("no thread is left hanging").until(() -> busyThreads() == 0);
  }

  private static void awaitBusyThreads(int count) {
    await("the bodies are being read").until(() -> busyThreads() >= count);
  }

  /** How many threads of the server wait within the route for the rest of a body. */
  private static long busyThreads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith("http"))
        .flatMap(thread -> Arrays.stream(thread.getValue()))
        .filter(frame -> frame.getClassName().equals(RequestBody.class.getName() + "$Bounded"))
        .filter(frame -> frame.getMethodName().equals("read"))
        .count();
  }
}
