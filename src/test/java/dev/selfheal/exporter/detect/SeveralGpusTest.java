package dev.selfheal.exporter.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.detect.Scene.Runner;
import dev.selfheal.exporter.sample.Gpu;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A host with two cards, of which the runner may use either, both or none. */
class SeveralGpusTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private final Scene scene = new Scene();

  @Test
  void aStalledRunnerIsFoundSoonIfAllAreIdle() {
    scene.call(scene.runner());
    other(0.0);
    assertFoundBetween(45, 60);
  }

  @Test
  void aStalledRunnerIsFoundSoonIfAnotherProgramKeepsOneBusy() {
    scene.call(scene.runner());
    scene.foreignGpuShare = 0.9;
    other(0.9);
    assertFoundBetween(45, 60);
  }

  @Test
  void aStalledRunnerIsFoundLateIfNobodyCanSayWhoKeepsOneBusy() {
    scene.call(scene.runner());
    scene.attributed = false;
    other(0.9);
    assertFoundBetween(600, 615);
  }

  @Test
  void aStalledRunnerIsFoundLateIfOneOfThemDoesNotTellItsUse() {
    scene.call(scene.runner());
    scene.attributed = false;
    other(null);
    assertFoundBetween(600, 615);
  }

  @Test
  void aRunnerThatComputesOnTheSecondOneIsHealthy() {
    Runner runner = scene.runner();
    runner.gpuShare = 0.6;
    scene.call(runner);
    other(0.0);
    assertThat(scene.untilFrozen(HOUR)).isEmpty();
  }

  @Test
  void ofTwoRunnersOnACardEachOnlyTheStalledOneIsAccused() {
    Runner works = scene.runner();
    works.gpuShare = 0.8;
    scene.call(works).sentPerSecond = 3900;
    Runner stalls = scene.runner();
    scene.call(stalls);
    other(0.0);
    assertFoundBetween(45, 60);
    assertThat(scene.frozen().orElseThrow().runner())
        .isNotNull()
        .extracting(RunnerId::pid)
        .isEqualTo(stalls.pid);
  }

  private void other(@Nullable Double utilization) {
    scene.otherCards.add(
        new Gpu(
            "1", "GPU-2", "Card, Second", utilization, 4 * Scene.GIB, 80 * Scene.GIB, 60.0, 40.0));
  }

  private void assertFoundBetween(int fromSeconds, int toSeconds) {
    Optional<Duration> after = scene.untilFrozen(HOUR);
    assertThat(after).as(() -> "never found: " + scene.verdict()).isPresent();
    assertThat(after.orElseThrow())
        .isBetween(Duration.ofSeconds(fromSeconds), Duration.ofSeconds(toSeconds));
  }
}
