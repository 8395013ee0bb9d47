package dev.selfheal.exporter.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.detect.Scene.Call;
import dev.selfheal.exporter.detect.Scene.Runner;
import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.ProcessState;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Healthy hosts of whose calls the samples catch no more than a part. */
class BetweenSamplesTest {
  private final Scene scene = new Scene();

  @Test
  void theEndOfACallMovesTheExpiryOnceAndNobodyWaits() {
    scene.interval = Duration.ofSeconds(20);
    Runner runner = scene.pooledRunner();
    scene.pass(Duration.ofMinutes(1));
    runner.expiryStands = false;
    scene.pass(scene.interval);
    assertThat(scene.stalled()).isEmpty();
    runner.expiryStands = true;
    staysHealthy();
  }

  @Test
  void aRunnerThatIsQuietAfterItsCallIsFirstSeenToBeCalm() {
    scene.interval = Duration.ofSeconds(20);
    Runner runner = scene.pooledRunner();
    runner.expiryStands = false;
    scene.pass(Duration.ofMinutes(1));
    assertThat(scene.stalled()).isPresent();
    runner.expiryStands = true; // it was answered, with too few bytes to be seen
    staysHealthy();
  }

  @Test
  void aNewCallThatEndsTheCalmDoesNotCountTheCalmAsAStall() {
    Runner runner = scene.runner();
    Call call = scene.call(runner);
    scene.pass(Duration.ofSeconds(20));
    scene.calls.remove(call);
    scene.pass(Duration.ofSeconds(27));
    runner.cores = 1;
    scene.pass(Duration.ofSeconds(5));
    assertThat(scene.frozen()).isEmpty();
    runner.gpuShare = 0.8;
    staysHealthy();
  }

  @Test
  void aGlimpseOfACallBeforeManyShortOnesIsNoStall() {
    scene.journal = false;
    scene.interval = Duration.ofSeconds(15);
    scene.canaryAnswered = true;
    Runner runner = scene.runner();
    runner.cores = 1;
    runner.gpuShare = 0.03;
    Call call = scene.call(runner);
    call.sentPerSecond = 2_000;
    scene.pass(Duration.ofMinutes(1));
    scene.calls.remove(call);
    staysHealthy();
  }

  @Test
  void clientsThatGiveUpSoonAndAskAgainAreSeenToWaitAllTheSame() {
    scene.canary = false;
    Runner runner = scene.runner();
    runner.cores = 1;
    for (int i = 0; i < 6; i++) {
      Call call = scene.call(runner);
      scene.pass(Duration.ofSeconds(15));
      scene.calls.remove(call);
      scene.pass(Duration.ofSeconds(5));
    }
    assertThat(scene.frozen()).isPresent();
  }

  @Test
  void shortCallsWithoutAPauseHoldAModelPastItsExpiry() {
    scene.journal = false;
    Runner runner = scene.runner();
    runner.cores = 0.9;
    runner.gpuShare = 0.02;
    runner.expiresIn = Duration.ofMinutes(5);
    scene.meanwhile =
        same -> {
          same.calls.clear();
          Call unused = same.call(runner);
        };
    staysHealthy();
  }

  @Test
  void othersWaitBehindAClientThatDoesNotRead() {
    Runner runner = scene.runner();
    Call call = scene.call(runner);
    Call client = scene.apiCall();
    call.sendQueue = 90_000;
    client.sendQueue = 2_000_000;
    client.sent = 30_000;
    for (int i = 0; i < 4; i++) {
      Call unused = scene.apiCall();
    }
    staysHealthy();
  }

  @Test
  void aSensorThatDropsOutMovesNoLoad() {
    scene.runner().listed = false;
    scene.pass(Duration.ofMinutes(3));
    scene.gpuReadable = false;
    scene.pass(Duration.ofSeconds(5));
    scene.gpuReadable = true;
    assertThat(scene.untilFrozen(Duration.ofHours(1)))
        .hasValueSatisfying(after -> assertThat(after).isLessThan(Duration.ofMinutes(4)));
  }

  @Test
  void theEndOfALoadIsHeardThoughTheProcessesCannotBeSeen() {
    Runner runner = scene.pooledRunner();
    scene.said.add(new LogEvent.LoadStarted());
    scene.pass(Duration.ofSeconds(5));
    Runner loading = scene.pooledRunner();
    scene.said.add(new LogEvent.LoadStarted());
    scene.pass(Duration.ofSeconds(5));
    scene.processesRead = false;
    scene.said.add(new LogEvent.LoadFinished());
    scene.pass(Duration.ofSeconds(5));
    scene.processesRead = true;
    staysHealthy();
    assertThat(loading.pid).isNotEqualTo(runner.pid);
  }

  @Test
  void aLoadThatWasGivenUpLeavesTheOthersLoaded() {
    scene.pooledRunner();
    Runner evicted = scene.pooledRunner();
    scene.pass(Duration.ofSeconds(10));
    scene.said.add(new LogEvent.LoadStarted());
    scene.runners.remove(evicted);
    Runner loading = scene.pooledRunner();
    scene.pass(Duration.ofSeconds(10));
    scene.runners.remove(loading);
    staysHealthy();
  }

  @Test
  void aStoppedRunnerIsNotWhoKeepsTheGpuBusy() {
    Runner runner = scene.runner();
    runner.state = ProcessState.STOPPED;
    runner.gpuShare = 0.9; // of a desktop, which the driver does not tell apart
    Call unused = scene.call(runner);
    assertThat(scene.untilFrozen(Duration.ofHours(1)))
        .hasValueSatisfying(after -> assertThat(after).isLessThan(Duration.ofMinutes(1)));
  }

  @Test
  void linesThatBecomeReadableLateDoNotCountForTheTimeBefore() {
    Runner other = scene.runner();
    Runner runner = scene.runner();
    runner.vram = 0;
    runner.cores = 6;
    Call unused = scene.call(runner);
    scene.pass(Duration.ofMinutes(15));
    scene.runners.remove(other);
    scene.pass(Duration.ofMinutes(1));
    assertThat(scene.frozen()).isEmpty();
  }

  @Test
  void aRunnerThatIsStoppedJustAfterItsClientLeftIsOllamasToReplace() {
    Runner runner = scene.runner();
    Call call = scene.call(runner);
    scene.pass(Duration.ofSeconds(20));
    scene.calls.remove(call);
    scene.pass(Duration.ofSeconds(10));
    runner.state = ProcessState.STOPPED;
    staysHealthy();
  }

  private void staysHealthy() {
    Optional<Duration> frozen = scene.untilFrozen(Duration.ofHours(2));
    assertThat(frozen).as(() -> "taken for a freeze: " + scene.verdict()).isEmpty();
  }
}
