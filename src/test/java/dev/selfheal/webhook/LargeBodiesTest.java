package dev.selfheal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.selfheal.testkit.EmbeddedReceiver;
import dev.selfheal.testkit.Notification;
import dev.selfheal.testkit.RawConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many large bodies at once do not fill the memory, and keep no small one out. */
@Timeout(60)
class LargeBodiesTest {

  private static final int MEBIBYTE = 1 << 20;

  @AutoClose private final EmbeddedReceiver receiver = EmbeddedReceiver.open();
  private final List<RawConnection> connections = new ArrayList<>();

  @AfterEach
  void hangUp() throws IOException {
    for (RawConnection each : connections) {
      each.close();
    }
  }

  /** Sends so much of a body of 16 MiB, which ends as it began: with blanks. */
  private RawConnection largeBody(int mebibytes) throws IOException {
    RawConnection connection = new RawConnection(receiver.port());
    connections.add(connection);
    connection.send(
        "POST /webhook/alertmanager HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + 16 * MEBIBYTE
            + "\r\n\r\n{");
    String blanks = " ".repeat(MEBIBYTE);
    for (int i = 0; i < mebibytes; i++) {
      connection.send(blanks);
    }
    return connection;
  }

  private @Nullable RawConnection firstAnswered() throws IOException {
    for (RawConnection each : connections) {
      if (each.isAnswered()) {
        return each;
      }
    }
    return null;
  }

  @Test
  void oneTooManyIsToldToSendAgainAndASmallOneIsTakenIn() throws Exception {
    for (int i = 0; i < 6; i++) {
      largeBody(15);
    }
    RawConnection.Raw refused = await().until(this::firstAnswered, Objects::nonNull).answer();
    assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
    assertThat(refused.body()).contains("too many large bodies arrive at once: send this again");
    receiver
        .alertmanager()
        .body(Notification.of("gpu-01").toString())
        .post(WebhookRoute.PATH)
        .then()
        .statusCode(200);
    hangUp();
    String large =
        Notification.of("gpu-02").toString().replaceFirst("\\{", "{" + " ".repeat(MEBIBYTE));
    await("room for large ones again")
        .until(
            () -> receiver.alertmanager().body(large).post(WebhookRoute.PATH).statusCode() == 200);
    receiver.alertmanager().body("{").post(WebhookRoute.PATH).then().body(containsString("error"));
  }
}
