package dev.selfheal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.selfheal.testkit.EmbeddedReceiver;
import dev.selfheal.testkit.RecordedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class StateRoutesTest {

  @AutoClose private final EmbeddedReceiver receiver = EmbeddedReceiver.withTokens();

  @Test
  void anybodyMayAskWhetherItLivesAndIsReady() {
    receiver.anonymous().get("/-/healthy").then().statusCode(200);
    receiver.anonymous().get("/-/ready").then().statusCode(200);
  }

  @Test
  void withoutItsLedgerItLivesAndIsNotReady() throws IOException {
    receiver.anonymous().get("/-/ready").then().statusCode(200);
    Path away = receiver.ledger().resolveSibling("away.db");
    Files.move(receiver.ledger(), away);
    receiver.clock().advance(Duration.ofSeconds(2));
    receiver
        .anonymous()
        .get("/-/ready")
        .then()
        .statusCode(503)
        .contentType("application/json")
        .body("error", startsWith("the ledger was removed or replaced while in use"))
        .body("error", not(containsString("/")));
    receiver.anonymous().head("/-/ready").then().statusCode(503);
    receiver.anonymous().get("/-/healthy").then().statusCode(200);
    assertThat(receiver.metric("selfheal_ledger_up")).isZero();
    Files.move(away, receiver.ledger());
    receiver.clock().advance(Duration.ofSeconds(2));
    receiver.anonymous().get("/-/ready").then().statusCode(200);
    assertThat(receiver.metric("selfheal_ledger_up")).isEqualTo(1);
  }

  @Test
  void aLedgerThatCanBeWrittenButNotReadIsDownAndNothingElseIsSaidOfIt() throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + receiver.ledger());
        Statement statement = other.createStatement()) {
      statement.execute("alter table attempt rename to attempt_away");
    }
    receiver
        .anonymous()
        .get("/metrics")
        .then()
        .statusCode(200)
        .body(containsString("\nselfheal_ledger_up 0.0\n"))
        .body(not(containsString("selfheal_open_incidents")))
        .body(not(containsString("selfheal_target_mode")));
  }

  @Test
  void tellsAnybodyWhatIsWrongWithTheLedgerAndTheJournalWhere() throws SQLException {
    try (RecordedLog log = new RecordedLog("dev.selfheal.dispatch");
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + receiver.ledger());
        Statement statement = other.createStatement()) {
      statement.execute("begin immediate");
      receiver
          .anonymous()
          .get("/-/ready")
          .then()
          .statusCode(503)
          .body("error", equalTo("the ledger is locked by another program: end that program"));
      assertThat(log.lines()).anyMatch(line -> line.contains(receiver.ledger().toString()));
    }
  }

  @Test
  void theMetricsAreInPrometheusTextFormat() {
    receiver
        .anonymous()
        .get("/metrics")
        .then()
        .statusCode(200)
        .contentType("text/plain; version=0.0.4; charset=utf-8")
        .body(containsString("selfheal_build_info{version=\"0.0.0-test\",} 1.0"))
        .body(containsString("\nselfheal_ledger_up 1.0\n"))
        .body(containsString("\nselfheal_restart_budget_remaining{target=\"gpu-01\",} 3.0\n"));
  }

  @Test
  void aReloadTakesUpTheNewConfiguration() {
    receiver.configure(
        EmbeddedReceiver.TOKENS + EmbeddedReceiver.TARGETS.replace("gpu-01", "new-01"));
    receiver.operator().post("/-/reload").then().statusCode(200).body("reloaded", equalTo(true));
    receiver.operator().get("/api/v1/targets").then().body("targets.name", hasItem("new-01"));
  }

  @Test
  void aReloadOfABadFileKeepsTheOldConfigurationAndTellsEveryProblem() {
    receiver.configure(
        EmbeddedReceiver.TOKENS
            + EmbeddedReceiver.TARGETS.replace("gpu-01,", "gpu-02,").replace("rack", "''")
            + "policy: {cooldown: soon}\nleger: x\n");
    receiver
        .operator()
        .post("/-/reload")
        .then()
        .statusCode(400)
        .body("problems", hasItem(containsString("policy.cooldown")))
        .body("problems", hasItem(containsString("leger")))
        .body("problems", hasItem(containsString("targets[1].name")))
        .body("error", containsString("the old configuration stays"));
    receiver.operator().get("/api/v1/targets").then().body("targets.name", hasItem("gpu-01"));
  }

  @Test
  void aReloadThatWouldNeedARestartSaysSo() {
    receiver.configure(EmbeddedReceiver.TARGETS);
    receiver
        .operator()
        .post("/-/reload")
        .then()
        .statusCode(400)
        .body("problems", hasSize(1))
        .body("problems[0]", containsString("auth: "));
  }

  @Test
  void aReloadTakesUpANewToken() {
    receiver.write("operator.token", "another-operator-token");
    receiver.operator().post("/-/reload").then().statusCode(200);
    receiver.operator().get("/api/v1/targets").then().statusCode(401);
    receiver.bearing("another-operator-token").get("/api/v1/targets").then().statusCode(200);
  }
}
