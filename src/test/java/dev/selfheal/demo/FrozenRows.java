package dev.selfheal.demo;

import static dev.selfheal.demo.FakeScene.ENDLESS;
import static dev.selfheal.demo.FakeScene.SHORT;
import static dev.selfheal.demo.FakeScene.signal;
import static dev.selfheal.demo.FakeScene.state;
import static dev.selfheal.demo.FreezeTable.AFTER_CALM;
import static dev.selfheal.demo.FreezeTable.API_DEAD;
import static dev.selfheal.demo.FreezeTable.CPU;
import static dev.selfheal.demo.FreezeTable.GPU;
import static dev.selfheal.demo.FreezeTable.LOAD;
import static dev.selfheal.demo.FreezeTable.SCHEDULER;
import static dev.selfheal.demo.FreezeTable.STOPPED;
import static dev.selfheal.demo.FreezeTable.STOPPED_UNSEEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.demo.TableRow.Check;
import dev.selfheal.exporter.detect.StallReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The rows in which something hangs, and uses no CPU. */
final class FrozenRows {
  private static final String EXPIRES_SOON =
      SHORT.replace("{\"model\"", "{\"keep_alive\":\"8s\",\"model\"");

  private FrozenRows() {}

  static List<TableRow> of(FakeVersion version) {
    boolean pooled = version == FakeVersion.POOLED;
    List<TableRow> rows = new ArrayList<>();
    if (pooled) {
      rows.add(new TableRow("frozen, waiting, in the first request", FrozenRows::firstWaits));
      rows.add(new TableRow("frozen, waiting, past the expiry", FrozenRows::waitsPastExpiry));
      rows.add(new TableRow("runner stopped, nobody seen to wait", FrozenRows::stoppedUnseen));
    } else {
      rows.add(new TableRow("frozen, waiting", FrozenRows::waits));
    }
    rows.add(
        new TableRow(
            "runner stopped, somebody waits",
            stage -> stopped(stage, pooled ? STOPPED_UNSEEN : STOPPED)));
    rows.add(new TableRow("scheduler deadlock", FrozenRows::deadlock));
    rows.add(
        new TableRow(
            "two models, one frozen, one busy",
            stage -> oneOfTwo(stage, pooled ? AFTER_CALM : CPU)));
    rows.add(new TableRow("serve stopped", FrozenRows::serveStopped));
    rows.add(new TableRow("unload wedged", FrozenRows::wedged));
    return rows;
  }

  static TableRow stalledLoad() {
    return new TableRow("loading a big model, then stalled", FrozenRows::load);
  }

  private static void waits(RowStage stage) throws Exception {
    stage.generates();
    Outside runner = stage.runner();
    stage.watch().freezes(() -> stage.fake().command("wait"));
    Check hangs = hangs(runner).and(runner.connections(1));
    stage.watch().isFrozen(StallReason.RUNNER_STALLED, GPU, CPU, hangs);
  }

  private static void firstWaits(RowStage stage) throws Exception {
    var unused = stage.scene().ask("/api/generate", ENDLESS);
    await().until(() -> stage.scene().sent() > 300);
    stage.awaitSeen(1);
    Outside runner = stage.runner();
    stage.watch().freezes(() -> stage.fake().command("wait"));
    stage.watch().isFrozen(StallReason.RUNNER_STALLED, GPU, AFTER_CALM, hangs(runner));
  }

  private static void waitsPastExpiry(RowStage stage) throws Exception {
    stage.scene().ask("/api/generate", EXPIRES_SOON).join();
    var unused = stage.scene().ask("/api/generate", ENDLESS);
    stage.awaitSeen(1);
    Outside runner = stage.runner();
    stage.watch().freezes(() -> stage.fake().command("wait"));
    stage.watch().isFrozen(StallReason.RUNNER_STALLED, GPU, CPU, hangs(runner));
  }

  private static void stopped(RowStage stage, Duration threshold) throws Exception {
    stage.generates();
    Outside runner = stage.runner();
    stage.watch().freezes(() -> signal("STOP", runner.pid()));
    stage
        .watch()
        .isFrozen(
            StallReason.RUNNER_STOPPED,
            threshold,
            CPU,
            runner.state("T").and(runner.connections(1)).and(hangs(runner)));
  }

  private static void stoppedUnseen(RowStage stage) throws Exception {
    stage.loads();
    Outside runner = stage.runner();
    stage.watch().freezes(() -> signal("STOP", runner.pid()));
    stage
        .watch()
        .isFrozen(
            StallReason.RUNNER_STOPPED, STOPPED_UNSEEN, CPU, runner.state("T").and(runner.rests()));
  }

  private static void deadlock(RowStage stage) throws Exception {
    stage.loads();
    Outside runner = stage.runner();
    Outside api = new Outside(stage.scene(), 0, stage.fake().uri().getPort());
    stage.fake().command("deadlock");
    Process leaves = stage.client("/api/generate", SHORT);
    await().until(() -> api.rows().stream().anyMatch(row -> row.received() > 100));
    stage
        .watch()
        .freezes(
            () -> {
              leaves.destroy();
              stage.client("/api/generate", SHORT);
            });
    await().until(() -> api.rows().stream().anyMatch(FrozenRows::closing));
    Check gone = sight -> assertThat(api.rows()).anyMatch(FrozenRows::closing);
    stage
        .watch()
        .isFrozen(StallReason.SCHEDULER_DEADLOCK, SCHEDULER, CPU, gone.and(runner.rests()));
  }

  private static void oneOfTwo(RowStage stage, Duration other) throws Exception {
    stage.generates();
    Outside busy = stage.runner();
    Outside frozen = second(stage);
    stage.watch().freezes(() -> stage.fake().command("wait tiny:latest"));
    stage
        .watch()
        .isFrozen(StallReason.RUNNER_STALLED, GPU, other, hangs(frozen).and(busy.sendsMore()));
  }

  /** A second model generates, in the first request since it was loaded. */
  static Outside second(RowStage stage) {
    var unused = stage.scene().ask("/api/generate", ENDLESS.replace("slow", "tiny"));
    await().until(() -> stage.scene().runner("tiny:latest") > 0);
    Outside second = Outside.of(stage.scene(), "tiny:latest");
    await().until(() -> second.sent() > 300);
    stage.awaitSeen(2);
    return second;
  }

  private static void load(RowStage stage) throws Exception {
    stage.fake().command("load 120000");
    var unused = stage.scene().ask("/api/generate", "{\"model\":\"slow\"}");
    String serve = Long.toString(stage.fake().serve());
    await().until(() -> !FakeScene.text("pgrep", "-P", serve).isEmpty());
    long pid = Long.parseLong(FakeScene.text("pgrep", "-P", serve).strip());
    Outside runner = new Outside(stage.scene(), pid, FakeScene.port(pid));
    Check unlisted = sight -> assertThat(stage.scene().json("/api/ps").path("models")).isEmpty();
    stage.watch().isNotFrozen(LOAD.multipliedBy(2), runner.grows().and(unlisted));
    stage.watch().freezes(() -> signal("STOP", pid));
    stage.watch().isFrozen(StallReason.LOAD_STALLED, LOAD, CPU, runner.state("T").and(unlisted));
  }

  private static void serveStopped(RowStage stage) throws Exception {
    stage.loads();
    long serve = stage.fake().serve();
    stage.watch().freezes(() -> signal("STOP", serve));
    stage
        .watch()
        .isFrozen(
            StallReason.API_DEAD, API_DEAD, CPU, sight -> assertThat(state(serve)).isEqualTo("T"));
  }

  /** The last of its stage: from here on runners stay as zombies. */
  private static void wedged(RowStage stage) throws Exception {
    stage.fake().leaveZombies();
    stage.fake().restart();
    stage.loads();
    long runner = stage.scene().runner();
    stage.fake().command("wedge");
    stage
        .watch()
        .freezes(
            () ->
                stage.scene().ask("/api/generate", "{\"model\":\"slow\",\"keep_alive\":0}").join());
    await().until(() -> state(runner).equals("Z"));
    Check zombie = sight -> assertThat(state(runner)).isEqualTo("Z");
    stage.watch().isFrozen(StallReason.UNLOAD_WEDGED, GPU, CPU, zombie);
    assertThat(stage.watch().sinceFreeze())
        .as("a list that may block")
        .isGreaterThan(Duration.ofSeconds(25));
  }

  /** Nothing goes out, and no CPU is used. */
  static Check hangs(Outside runner) throws Exception {
    await().until(() -> isSilent(runner));
    return runner.sendsNothing().and(runner.rests());
  }

  static boolean isSilent(Outside runner) {
    long before = runner.sent();
    await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
    return runner.sent() == before;
  }

  private static boolean closing(FakeScene.Row row) {
    return row.state().equals("CLOSE-WAIT");
  }
}
