package dev.selfheal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;

import dev.selfheal.testkit.EmbeddedReceiver;
import dev.selfheal.testkit.Notification;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An answer of 200 is a promise: the alert is on the disk. It is never kept waiting for an act. */
@Timeout(60)
class DurabilityTest {

  @AutoClose private final EmbeddedReceiver receiver = EmbeddedReceiver.withTokens();

  @Test
  void whenTheAnswerArrivesAnotherProcessCouldReadTheIncident() throws Exception {
    deliver(Notification.of("gpu-01")).statusCode(200);
    try (Connection reader = connect();
        Statement statement = reader.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from incident")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(1);
    }
  }

  @Test
  void aRestartThatHangsKeepsNoWebhookWaiting() {
    receiver.restarter().hold();
    deliver(Notification.of("gpu-01")).statusCode(200);
    await().until(() -> receiver.restarter().restarted().equals(List.of("gpu-01")));
    for (String target : List.of("gpu-01", "gpu-02", "gpu-03")) {
      deliver(Notification.of(target)).statusCode(200).time(lessThan(2_000L));
    }
    receiver.operator().get("/api/v1/incidents").then().body("incidents", hasSize(3));
    receiver.restarter().release();
  }

  @Test
  void withoutItsLedgerNothingIsAcceptedAndNothingRestarted() throws Exception {
    Path away = receiver.ledger().resolveSibling("away.db");
    Files.move(receiver.ledger(), away);
    deliver(Notification.of("gpu-01")).statusCode(503).body("error", containsString("ledger"));
    receiver
        .operator()
        .body("{\"target\":\"gpu-01\"}")
        .post("/api/v1/remediations")
        .then()
        .statusCode(503);
    receiver.operator().post("/api/v1/pause").then().statusCode(503);
    Files.move(away, receiver.ledger());
    receiver.operator().get("/api/v1/incidents").then().body("incidents", empty());
    assertThat(receiver.restarter().restarted()).isEmpty();
    deliver(Notification.of("gpu-01")).statusCode(200).body("incidents", hasSize(1));
    await().until(() -> receiver.restarter().restarted().equals(List.of("gpu-01")));
  }

  @Test
  void aLedgerThatAnotherProgramLocksIsWaitedForOnlyShortly() throws Exception {
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.execute("begin immediate");
      deliver(Notification.of("gpu-01"))
          .statusCode(503)
          .body("error", containsString("locked"))
          .time(lessThan(8_000L));
      assertThat(receiver.restarter().restarted()).isEmpty();
      statement.execute("rollback");
    }
    deliver(Notification.of("gpu-01")).statusCode(200);
    await().until(() -> receiver.restarter().restarted().equals(List.of("gpu-01")));
  }

  private Connection connect() throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + receiver.ledger());
  }

  private ValidatableResponse deliver(Notification body) {
    return receiver.alertmanager().body(body.toString()).post("/webhook/alertmanager").then();
  }
}
