package dev.selfheal.exporter.probe;

import static dev.selfheal.exporter.probe.GpuProbe.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.sample.Attribution;
import dev.selfheal.exporter.sample.Gpu;
import dev.selfheal.exporter.sample.Gpus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuProbeTest {
  private static final Gpus NONE = new Gpus.None();
  private static final Attribution NOBODY = new Attribution.Nobody();
  private static final Attribution RUNNER = new Attribution.SoleUser(1);
  private static final long BIG = 8L << 30;
  private static final long SMALL = 512L << 20;

  private static Gpus.Seen seen(String index, double utilization, long memory, Attribution users) {
    Gpu gpu = new Gpu(index, index, "X", utilization, 1L, memory, null, null);
    return new Gpus.Seen(List.of(gpu), users);
  }

  @Test
  void readsBothMakersCards(@TempDir Path sysfs) throws InterruptedException {
    FakeTool tool = new FakeTool().answers(NvidiaProbe.LIST, 0, "0, GPU-1, X, 0, 1, 2, 3, 4, P8");
    GpuProbe probe = new GpuProbe(new NvidiaProbe(tool), new AmdProbe(sysfs));
    assertThat(((Gpus.Seen) probe.read()).gpus()).extracting(Gpu::index).containsExactly("0");
  }

  @Test
  void showsBothSideBySide() {
    Gpus both = join(seen("0", 0.9, BIG, RUNNER), seen("card0", 0, BIG, NOBODY));
    assertThat(((Gpus.Seen) both).gpus()).extracting(Gpu::index).containsExactly("0", "card0");
    assertThat(((Gpus.Seen) both).attribution()).isEqualTo(RUNNER);
  }

  @Test
  void takesTheWordOfTheMakerWhoseCardIsBusy() {
    Gpus both = join(seen("0", 0, BIG, NOBODY), seen("card0", 0.9, BIG, RUNNER));
    assertThat(((Gpus.Seen) both).attribution()).isEqualTo(RUNNER);
  }

  @Test
  void knowsNobodyWhenBothAreBusyWithDifferentWork() {
    Gpus both =
        join(seen("0", 0.9, BIG, RUNNER), seen("card0", 0.9, BIG, new Attribution.SoleUser(2)));
    assertThat(((Gpus.Seen) both).attribution()).isEqualTo(NOBODY);
  }

  @Test
  void leavesOutTheProcessorsOwnGraphicsBesideARealGpu() {
    Gpus.Seen real = seen("0", 0, BIG, NOBODY);
    assertThat(join(real, seen("card1", 0.3, SMALL, NOBODY))).isEqualTo(real);
  }

  @Test
  void keepsASmallGpuThatIsTheOnlyOne() {
    Gpus.Seen small = seen("card0", 0.3, SMALL, NOBODY);
    assertThat(join(NONE, small)).isEqualTo(small);
  }

  @Test
  void theWorstNewsWins() {
    Gpus lost = new Gpus.Lost("x");
    Gpus unreadable = new Gpus.Unreadable("y");
    Gpus fine = seen("0", 0, BIG, NOBODY);
    assertThat(join(unreadable, lost)).isEqualTo(lost);
    assertThat(join(lost, fine)).isEqualTo(lost);
    assertThat(join(fine, unreadable)).isEqualTo(unreadable);
    assertThat(join(fine, NONE)).isEqualTo(fine);
    assertThat(join(NONE, NONE)).isEqualTo(NONE);
  }
}
