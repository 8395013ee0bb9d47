package dev.selfheal.demo;

import static dev.selfheal.demo.FakeScene.ENDLESS;
import static dev.selfheal.demo.FakeScene.SHORT;
import static dev.selfheal.demo.FreezeTable.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.demo.TableRow.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The rows in which nothing is wrong. */
final class HealthyRows {
  private static final String SHORT_LIVED =
      SHORT.replace("{\"model\"", "{\"keep_alive\":\"3s\",\"model\"");
  private static final int QUEUED = 4;

  private HealthyRows() {}

  static List<TableRow> of(FakeVersion version) {
    boolean pooled = version == FakeVersion.POOLED;
    List<TableRow> rows = new ArrayList<>();
    rows.add(new TableRow("idle, a model is loaded", stage -> idle(stage, pooled ? 1 : 0)));
    rows.add(new TableRow("busy on the GPU", HealthyRows::busy));
    rows.add(new TableRow("runaway generation", HealthyRows::runaway));
    rows.add(new TableRow("queue behind one request", stage -> queue(stage, pooled)));
    rows.add(new TableRow("runner died, model still listed", HealthyRows::died));
    rows.add(new TableRow("client stopped reading its stream", HealthyRows::clientDoesNotRead));
    rows.add(new TableRow("pull, model idle in memory", stage -> pull(stage, pooled)));
    if (!pooled) {
      rows.add(new TableRow("runner stopped, nobody waits", HealthyRows::stopped));
    }
    return rows;
  }

  /** Those without a runner, which look the same in every version. */
  static List<TableRow> withoutRunner() {
    return List.of(
        new TableRow("idle, nothing is loaded", HealthyRows::nothingLoaded),
        new TableRow("the unit is not active", HealthyRows::inactive));
  }

  private static void nothingLoaded(RowStage stage) throws Exception {
    stage.watch().isNotFrozen(LONG, sight -> assertThat(stage.fake().runners()).isEmpty());
  }

  private static void idle(RowStage stage, int connections) throws Exception {
    stage.loads();
    Outside runner = stage.runner();
    await().until(() -> runner.rows().size() == connections);
    Sight end =
        stage
            .watch()
            .isNotFrozen(
                LONG,
                runner.connections(connections).and(runner.sendsNothing()).and(runner.rests()));
    assertThat(end.duration()).isZero();
  }

  private static void busy(RowStage stage) throws Exception {
    stage.generates();
    Outside runner = stage.runner();
    Sight end = stage.watch().isNotFrozen(LONG, runner.connections(1).and(runner.sendsMore()));
    assertThat(end.gpuBusy()).isTrue();
    assertThat(end.duration()).isZero();
  }

  private static void runaway(RowStage stage) throws Exception {
    stage.scene().ask("/api/generate", SHORT_LIVED).join();
    var unused = stage.scene().ask("/api/generate", ENDLESS);
    await().until(() -> expiresAt(stage).isBefore(Instant.now()));
    Check past = sight -> assertThat(expiresAt(stage)).isBefore(Instant.now());
    stage.watch().isNotFrozen(LONG, stage.runner().sendsMore().and(past));
  }

  private static void queue(RowStage stage, boolean pooled) throws Exception {
    stage.generates();
    for (int i = 0; i < QUEUED; i++) {
      stage.client("/api/generate", SHORT);
    }
    await().until(() -> unanswered(stage) >= QUEUED);
    Outside runner = stage.runner();
    Check waiting = sight -> assertThat(unanswered(stage)).isGreaterThanOrEqualTo(QUEUED);
    // A pool opens another connection to see whether a runner that is busy is well.
    Check one = pooled ? sight -> {} : runner.connections(1);
    stage.watch().isNotFrozen(LONG, one.and(runner.sendsMore()).and(waiting));
  }

  private static void died(RowStage stage) throws Exception {
    stage.loads();
    long killed = stage.scene().runner();
    FakeScene.signal("KILL", killed);
    await().until(() -> FakeScene.state(killed).isEmpty());
    stage
        .watch()
        .isNotFrozen(
            LONG,
            sight -> {
              assertThat(stage.scene().json("/api/ps").path("models")).hasSize(1);
              assertThat(stage.fake().runners()).isEmpty();
            });
  }

  private static void clientDoesNotRead(RowStage stage) throws Exception {
    stage.fake().command("rate 4000");
    stage.loads();
    stage.clientThatDoesNotRead(ENDLESS.replace("false", "true"));
    Outside runner = stage.runner();
    await().until(() -> runner.rows().stream().anyMatch(row -> row.unsent() > 0));
    await().until(() -> standsStill(runner));
    Check full = sight -> assertThat(runner.rows()).anyMatch(row -> row.unsent() > 0);
    stage.watch().isNotFrozen(LONG, runner.sendsNothing().and(full).and(runner.rests()));
    // The kernel may take some more of it at any time, for which the GPU works a moment.
    await().until(() -> !stage.watch().next().gpuBusy());
  }

  /** With a stream there is something to see at the API, without one there is not. */
  private static void pull(RowStage stage, boolean streams) throws Exception {
    stage.loads();
    stage.client("/api/pull", "{\"model\":\"x\",\"stream\":" + streams + "}");
    Outside runner = stage.runner();
    Outside api = new Outside(stage.scene(), 0, stage.fake().uri().getPort());
    await().until(() -> streams ? api.sent() > 1000 : unanswered(stage) == 1);
    Check pulls = streams ? api.sendsMore() : sight -> assertThat(unanswered(stage)).isEqualTo(1);
    stage.watch().isNotFrozen(LONG, pulls.and(runner.rests()));
  }

  private static void stopped(RowStage stage) throws Exception {
    stage.loads();
    Outside runner = stage.runner();
    FakeScene.signal("STOP", runner.pid());
    Sight end = stage.watch().isNotFrozen(LONG, runner.state("T").and(runner.connections(0)));
    assertThat(end.duration()).isZero();
  }

  private static void inactive(RowStage stage) throws Exception {
    stage.loads();
    stage.fake().close();
    await().until(() -> !stage.watch().next().up());
    Sight end = stage.watch().isNotFrozen(LONG, sight -> assertThat(sight.up()).isFalse());
    assertThat(end.duration()).isZero();
  }

  private static boolean standsStill(Outside runner) {
    long before = runner.sent();
    await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
    return runner.sent() == before;
  }

  /** Connections of the API on which a question came in and nothing went out. */
  private static long unanswered(RowStage stage) {
    return stage.scene().rows(stage.fake().uri().getPort()).stream()
        .filter(row -> row.received() > 0 && row.sent() == 0)
        .count();
  }

  private static Instant expiresAt(RowStage stage) throws Exception {
    JsonNode models = stage.scene().json("/api/ps").path("models");
    return models.isEmpty() ? Instant.MAX : Instant.parse(models.at("/0/expires_at").asText());
  }
}
