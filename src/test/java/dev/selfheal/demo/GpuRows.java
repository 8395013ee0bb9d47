package dev.selfheal.demo;

import static dev.selfheal.demo.FreezeTable.CPU;
import static dev.selfheal.demo.FreezeTable.CPU_BLIND;
import static dev.selfheal.demo.FreezeTable.GPU;
import static dev.selfheal.demo.FreezeTable.NONE_LONGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.detect.StallReason;
import java.time.Duration;
import java.util.List;

/** A runner that waits for ever, beside GPUs of which more or less can be told. */
final class GpuRows {
  /** Longer than any threshold. */
  private static final Duration VERY_LONG = CPU_BLIND.plusSeconds(4);

  private GpuRows() {}

  static List<TableRow> all() {
    return List.of(
        new TableRow(
            "another program on the GPU, runner frozen", stage -> found(stage, "other", GPU, CPU)),
        new TableRow(
            "another program on the GPU, no shares, runner frozen",
            stage -> found(stage, "other-blunt", CPU, CPU_BLIND)),
        new TableRow(
            "utilisation not supported, runner frozen",
            stage -> found(stage, "unknown", CPU, CPU_BLIND)),
        new TableRow("two models, one frozen, no shares", GpuRows::oneOfTwo),
        new TableRow("GPU lost, runner frozen", stage -> incurable(stage, "lost")),
        new TableRow("driver gone, runner frozen", stage -> incurable(stage, "driver")),
        new TableRow(
            "nvidia-smi answers late, runner frozen",
            stage -> found(stage, "hang", CPU, CPU_BLIND)));
  }

  private static void found(RowStage stage, String mode, Duration threshold, Duration other)
      throws Exception {
    stage.generates();
    stage.fake().gpu(mode);
    Outside runner = stage.runner();
    stage.watch().freezes(() -> stage.fake().command("wait"));
    stage
        .watch()
        .isFrozen(
            StallReason.RUNNER_STALLED,
            threshold,
            other,
            FrozenRows.hangs(runner).and(runner.connections(1)));
  }

  private static void oneOfTwo(RowStage stage) throws Exception {
    stage.generates();
    stage.fake().gpu("blunt");
    Outside busy = stage.runner();
    Outside frozen = FrozenRows.second(stage);
    stage.watch().freezes(() -> stage.fake().command("wait tiny:latest"));
    stage
        .watch()
        .isFrozen(
            StallReason.RUNNER_STALLED,
            CPU_BLIND,
            NONE_LONGER,
            FrozenRows.hangs(frozen).and(busy.sendsMore()));
  }

  /** A human has to see to it: the stall is shown, and no threshold. */
  private static void incurable(RowStage stage, String mode) throws Exception {
    stage.generates();
    Outside runner = stage.runner();
    stage.fake().command("wait");
    stage.fake().gpu(mode);
    Sight end =
        stage.watch().isNotFrozen(VERY_LONG, FrozenRows.hangs(runner).and(runner.connections(1)));
    assertThat(end.gpuLost()).isTrue();
    assertThat(end.duration()).isGreaterThan(GPU.toMillis() / 1e3);
    assertThat(end.threshold()).isInfinite();
  }
}
