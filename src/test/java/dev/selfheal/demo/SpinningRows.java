package dev.selfheal.demo;

import static dev.selfheal.demo.FakeScene.ENDLESS;
import static dev.selfheal.demo.FakeScene.SHORT;
import static dev.selfheal.demo.FreezeTable.CPU;
import static dev.selfheal.demo.FreezeTable.CPU_BLIND;
import static dev.selfheal.demo.FreezeTable.GPU;
import static dev.selfheal.demo.FreezeTable.LONG;
import static dev.selfheal.demo.FreezeTable.NONE_LONGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.demo.TableRow.Check;
import dev.selfheal.exporter.detect.StallReason;
import java.time.Duration;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** The rows in which a core is busy and no byte is sent: the incident, and what looks like it. */
final class SpinningRows {
  private static final Duration SHIPPED = Duration.ofSeconds(45);
  private static final Duration EXPIRY = Duration.ofSeconds(5);
  private static final String EXPIRES_SOON =
      SHORT.replace("{\"model\"", "{\"keep_alive\":\"5s\",\"model\"");
  private static final Duration STARVED = Duration.ofSeconds(100);
  private static final Duration CLIENT_WAITS = Duration.ofSeconds(20);

  private SpinningRows() {}

  static TableRow incident() {
    return new TableRow("the incident on 0.30+", SpinningRows::foundByItsCall);
  }

  /** No threshold makes it shorter: half a minute of CPU, and as long for the canary. */
  static TableRow oldIncident() {
    return new TableRow("the incident before 0.30", SpinningRows::foundByCanary);
  }

  static TableRow prefill(FakeVersion version) {
    return new TableRow("long prompt on the GPU, " + version.number(), SpinningRows::onGpu);
  }

  static List<TableRow> prefillOnCpu(FakeVersion version) {
    return version == FakeVersion.POOLED
        ? List.of(
            new TableRow(
                "long prompt on the CPU, 0.24", stage -> silent(stage, CPU_BLIND, NONE_LONGER)))
        : List.of(
            new TableRow("long prompt on the CPU, with progress lines", SpinningRows::lines),
            new TableRow(
                "long prompt on the CPU, without progress lines",
                stage -> silent(stage, CPU, CPU_BLIND)));
  }

  /** Its client gives up before it is found. */
  private static void foundByItsCall(RowStage stage) throws Exception {
    Process client = generating(stage);
    Outside runner = stage.runner();
    stage.watch().freezes(() -> stage.fake().command("spin"));
    await().until(() -> FrozenRows.isSilent(runner));
    long sent = runner.sent();
    Check spins = runner.burns().and(runner.sendsNothing()).and(alive());
    stage.watch().isNotFrozen(CLIENT_WAITS, spins.and(runner.connections(1)));
    await("a ping after 30 s").atMost(STARVED).until(() -> runner.sent() != sent);
    assertThat(runner.sent() - sent).isEqualTo(8);
    client.destroy();
    await().until(() -> runner.rows().stream().anyMatch(SpinningRows::closing));
    // The next ping to one that has gone ends that connection, too.
    Check left = sight -> assertThat(runner.rows()).allMatch(SpinningRows::closing);
    stage.watch().isFrozen(StallReason.RUNNER_STALLED, SHIPPED, NONE_LONGER, spins.and(left));
  }

  /** An open connection proves nothing there, so a canary must tell; the client gives up later. */
  private static void foundByCanary(RowStage stage) throws Exception {
    Process client = generating(stage);
    Outside runner = stage.runner();
    stage.watch().freezes(() -> stage.fake().command("spin"));
    await().until(() -> FrozenRows.isSilent(runner));
    Check spins = runner.burns().and(runner.sendsAtMost(600)).and(alive());
    stage
        .watch()
        .isFrozen(
            StallReason.RUNNER_STALLED, GPU, NONE_LONGER, spins.and(hasHalfACore(stage, runner)));
    client.destroy();
    Sight later = stage.watch().next();
    assertThat(later.frozen()).isTrue();
    assertThat(later.canaries("no_answer")).isEqualTo(1);
  }

  /** Less is no spin for the detector, and on a machine that is too busy there is no more. */
  private static Check hasHalfACore(RowStage stage, Outside runner) {
    Check half = runner.uses(0.6, 2);
    return sight -> {
      if (stage.watch().sinceFreeze().compareTo(STARVED) > 0) {
        try {
          half.look(sight);
        } catch (AssertionError e) {
          throw new TestAbortedException("this machine is too busy to show a spin", e);
        }
      }
    };
  }

  /** Later requests: their expiry stands still, as in the recordings. */
  private static Process generating(RowStage stage) throws Exception {
    stage.scene().loaded();
    Process client = stage.client("/api/generate", ENDLESS);
    stage.awaitSeen(1);
    return client;
  }

  /** Its time passes meanwhile, so that somebody is seen to wait before 0.30, too. */
  private static void onGpu(RowStage stage) throws Exception {
    stage.scene().ask("/api/generate", EXPIRES_SOON).join();
    Outside runner = stage.runner();
    stage.fake().command("prefill 120000 gpu");
    var unused = stage.scene().ask("/api/generate", ENDLESS);
    await().until(() -> runner.sent() > 0 && FrozenRows.isSilent(runner));
    Sight end =
        stage
            .watch()
            .isNotFrozen(
                LONG.plus(EXPIRY),
                runner.connections(1).and(runner.sendsNothing()).and(runner.burns()));
    assertThat(end.gpuBusy()).isTrue();
  }

  /** A line each ten seconds. */
  private static void lines(RowStage stage) throws Exception {
    stage.fake().command("prefill 120000 cpu");
    var unused = stage.scene().ask("/api/generate", ENDLESS);
    await().until(() -> stage.scene().runner() > 0);
    Outside runner = stage.runner();
    await().until(() -> runner.sent() > 0 && FrozenRows.isSilent(runner));
    stage
        .watch()
        .isNotFrozen(
            CPU_BLIND, runner.connections(1).and(runner.sendsNothing()).and(runner.burns()));
    assertThat(stage.fake().log()).contains("prompt processing, n_tokens");
  }

  private static void silent(RowStage stage, Duration threshold, Duration other) throws Exception {
    stage.fake().command("prefill 120000 silent_cpu");
    stage.watch().freezes(() -> stage.client("/api/generate", ENDLESS));
    await().until(() -> stage.scene().runner() > 0);
    Outside runner = stage.runner();
    await().until(() -> !runner.rows().isEmpty());
    stage.watch().isFrozen(StallReason.RUNNER_STALLED, threshold, other, runner.burns());
    assertThat(runner.sent()).isLessThan(1000);
  }

  /** The API lives through it. */
  private static Check alive() {
    return sight -> assertThat(sight.up()).isTrue();
  }

  private static boolean closing(FakeScene.Row row) {
    return row.state().equals("CLOSE-WAIT") && row.unread() == 1;
  }
}
