package dev.selfheal.exporter.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.detect.Scene.Call;
import dev.selfheal.exporter.detect.Scene.Runner;
import dev.selfheal.exporter.sample.ConnectionState;
import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.LogEvent.Completed;
import dev.selfheal.exporter.sample.LogEvent.Route;
import dev.selfheal.exporter.sample.ProcessState;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rows of the table of states, each for what the detector must say of it. */
class FreezeTableTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private final Scene scene = new Scene();

  @Nested
  class Healthy {
    @Test
    void nothingIsLoaded() {
      staysHealthy(HOUR);
      assertThat(scene.verdict().condition()).isEqualTo(new Condition.Healthy());
    }

    @Test
    void aModelIsLoadedAndNobodyAsks() {
      scene.runner();
      staysHealthy(HOUR);
      assertThat(scene.stalled()).isEmpty();
    }

    @Test
    void aPooledConnectionIsSilentWhileNobodyAsks() {
      scene.pooledRunner();
      staysHealthy(HOUR);
      assertThat(scene.stalled()).isEmpty();
    }

    @Test
    void aModelThatNeverExpiresIsIdle() {
      scene.pooledRunner().expiresIn = null;
      staysHealthy(HOUR);
    }

    @Test
    void bytesRiseOnTheGpu() {
      busy(scene.runner());
      staysHealthy(HOUR);
      assertThat(scene.verdict().calls().inFlight()).isEqualTo(1);
    }

    @Test
    void aGenerationRunsAwayPastItsExpiry() {
      Runner runner = scene.pooledRunner();
      runner.expiresIn = Duration.ofSeconds(30);
      scene.calls.get(0).sentPerSecond = 3900;
      runner.cores = 1;
      staysHealthy(HOUR);
    }

    @Test
    void aLongPromptOnTheCpuIsReadForLessThanTheCpuThreshold() {
      Runner runner = scene.runner();
      runner.vram = 0;
      runner.cores = 8;
      scene.gpu = false;
      scene.call(runner);
      staysHealthy(Duration.ofMinutes(9));
      assertThat(scene.stalled()).isPresent();
    }

    @Test
    void aLongPromptOnTheCpuReportsItsProgress() {
      Runner runner = scene.runner();
      runner.vram = 0;
      runner.cores = 8;
      scene.gpu = false;
      scene.call(runner);
      scene.meanwhile = now -> now.said.add(new LogEvent.Progress());
      staysHealthy(HOUR);
    }

    @Test
    void aPartlyOffloadedModelReadsALongPromptWithTheGpuIdle() {
      Runner runner = scene.runner();
      runner.vram = 0.5;
      runner.cores = 6;
      scene.call(runner);
      staysHealthy(Duration.ofMinutes(9));
    }

    @Test
    void anImageIsEncodedOnTheCpuForAModelOnTheGpu() {
      Runner runner = scene.runner();
      runner.imagesOnCpu = true;
      runner.cores = 1;
      scene.call(runner);
      staysHealthy(Duration.ofMinutes(9));
    }

    @Test
    void aBigModelIsLoadedForHalfAnHourWhileItAdvances() {
      Runner runner = scene.runner();
      runner.listed = false;
      runner.pagesPerSecond = 100;
      scene.apiCall();
      staysHealthy(Duration.ofMinutes(30));
      assertThat(scene.verdict().loading()).isTrue();
    }

    @Test
    void requestsQueueBehindOneThatIsAnswered() {
      busy(scene.runner());
      for (int i = 0; i < 6; i++) {
        scene.apiCall();
      }
      staysHealthy(HOUR);
    }

    @Test
    void aStoppedRunnerIsNeededByNobody() {
      scene.runner().state = ProcessState.STOPPED;
      staysHealthy(HOUR);
      assertThat(scene.stalled()).isEmpty();
    }

    @Test
    void aStoppedRunnerOfAnOlderVersionIsLeftAloneForNinetySeconds() {
      scene.pooledRunner().state = ProcessState.STOPPED;
      staysHealthy(Duration.ofSeconds(90));
    }

    @Test
    void theRunnerDiedAndItsModelIsStillListed() {
      Runner runner = scene.runner();
      busy(runner);
      scene.pass(Duration.ofMinutes(1));
      runner.state = ProcessState.ZOMBIE;
      scene.calls.clear();
      staysHealthy(HOUR);
    }

    @Test
    void aLongPromptOnTheGpuSendsNoByte() {
      Runner runner = scene.runner();
      runner.gpuShare = 0.9;
      runner.cores = 1;
      scene.call(runner);
      staysHealthy(HOUR);
      assertThat(scene.verdict().calls().silent()).isGreaterThan(Duration.ofMinutes(50));
    }

    @Test
    void theServerDoesNotRun() {
      scene.serveRuns = false;
      staysHealthy(HOUR);
    }

    @Test
    void aModelIsPulledWithoutAStreamWhileAnotherIsIdle() {
      scene.runner();
      scene.apiCall();
      staysHealthy(HOUR);
    }

    @Test
    void aBlobIsUploadedSlowly() {
      scene.runner();
      for (int i = 0; i < 4; i++) {
        scene.apiCall().receivedPerSecond = 1000;
      }
      staysHealthy(HOUR);
    }

    @Test
    void aClientStoppedReadingItsStream() {
      Call call = scene.call(scene.runner());
      call.sent = 500_000;
      call.sendQueue = 2_000_000;
      staysHealthy(HOUR);
    }

    @Test
    void aClientOfAnOlderVersionStoppedReadingItsStream() {
      scene.pooledRunner().expiresIn = Duration.ofSeconds(10);
      scene.apiCall().sendQueue = 2_000_000;
      staysHealthy(HOUR);
    }

    @Test
    void embeddingsComeOnceASecondAndSlideTheExpiry() {
      Runner runner = scene.runner();
      runner.expiryStands = false;
      scene.meanwhile = now -> now.said.add(new Completed(200, Route.EMBEDDING));
      staysHealthy(HOUR);
      assertThat(scene.stalled()).isEmpty();
    }

    @Test
    void shortCallsKeepARunnerBusyAndACanaryIsAnswered() {
      Runner runner = scene.runner();
      runner.cores = 0.9;
      staysHealthy(HOUR);
      assertThat(scene.canaries).isBetween(20, 31);
    }

    @Test
    void callsFollowOneAnotherAndNothingElseCanBeSeen() {
      Runner runner = scene.runner();
      runner.vram = 0;
      scene.gpu = false;
      scene.journal = false;
      scene.canary = false;
      runner.cores = 4;
      scene.meanwhile =
          now -> {
            if (now.calls.size() > 2) {
              now.calls.remove(0);
            }
            now.call(runner);
          };
      staysHealthy(Duration.ofHours(3));
    }

    @Test
    void aClientCancelsALongPrompt() {
      Runner runner = scene.runner();
      runner.vram = 0;
      runner.cores = 4;
      Call call = scene.call(runner);
      scene.pass(Duration.ofMinutes(3));
      call.state = ConnectionState.CLOSE_WAIT;
      scene.pass(Duration.ofSeconds(20));
      scene.calls.clear();
      runner.cores = 0;
      staysHealthy(HOUR);
      assertThat(scene.stalled()).isEmpty();
    }

    @Test
    void theClockOfTheHostIsSetAnHourAhead() {
      scene.pooledRunner().expiresIn = Duration.ofMinutes(90);
      scene.pass(Duration.ofMinutes(1));
      scene.wallAhead = Duration.ofHours(2);
      staysHealthy(HOUR);
    }

    @Test
    void aDebuggerLooksAtTheRunner() {
      scene.runner().state = ProcessState.OTHER;
      staysHealthy(HOUR);
    }
  }

  @Nested
  class Frozen {
    @Test
    void theRunnerSpinsUnderARequest() {
      Runner runner = scene.runner();
      runner.cores = 1.19;
      scene.call(runner).sent = 9732;
      found(StallReason.RUNNER_STALLED, 45, 60);
    }

    @Test
    void theRunnerGoesOnSpinningWhenItsClientsLeave() {
      Runner runner = scene.runner();
      runner.cores = 1;
      scene.call(runner);
      scene.canaryAnswered = false;
      scene.pass(Duration.ofSeconds(20));
      scene.calls.clear();
      found(StallReason.RUNNER_STALLED, 25, 40);
      staysFrozen(Duration.ofMinutes(10));
    }

    @Test
    void impatientClientsTakeTurns() {
      Runner runner = scene.runner();
      runner.cores = 1;
      scene.meanwhile =
          now -> {
            if (now.calls.size() > 3) {
              now.calls.remove(0);
            }
            now.call(runner);
          };
      found(StallReason.RUNNER_STALLED, 45, 60);
    }

    @Test
    void anOlderRunnerSpinsUnderAStream() {
      Runner runner = scene.pooledRunner();
      runner.cores = 1;
      scene.canaryAnswered = false;
      found(StallReason.RUNNER_STALLED, 55, 75);
    }

    @Test
    void anOlderRunnerSpinsAndThereIsNoCanary() {
      Runner runner = scene.pooledRunner();
      runner.cores = 1;
      scene.canary = false;
      found(StallReason.RUNNER_STALLED, 1800, 1810);
    }

    @Test
    void anOlderRunnerSpinsAndNoCanaryCanBeSentToIt() {
      scene.pooledRunner().cores = 1;
      scene.canaryPossible = false;
      found(StallReason.RUNNER_STALLED, 1800, 1815);
    }

    @Test
    void anOlderRunnerHoldsARequestPastTheExpiry() {
      scene.pooledRunner().expiresIn = Duration.ofSeconds(60);
      found(StallReason.RUNNER_STALLED, 105, 120);
    }

    @Test
    void anOlderRunnerHoldsTheFirstRequestSinceTheLoad() {
      scene.pooledRunner().expiryStands = false;
      found(StallReason.RUNNER_STALLED, 45, 70);
    }

    @Test
    void theRunnerWaits() {
      scene.call(scene.runner());
      found(StallReason.RUNNER_STALLED, 45, 60);
    }

    @Test
    void theRunnerStillPingsItsClient() {
      scene.call(scene.runner()).sentPerSecond = 8.0 / 30;
      found(StallReason.RUNNER_STALLED, 45, 60);
    }

    @Test
    void theRunnerWaitsOnTheCpu() {
      Runner runner = scene.runner();
      runner.vram = 0;
      scene.call(runner);
      found(StallReason.RUNNER_STALLED, 600, 615);
    }

    @Test
    void theRunnerWaitsOnTheCpuAndNoLogCanBeRead() {
      Runner runner = scene.runner();
      runner.vram = 0;
      scene.journal = false;
      scene.call(runner);
      found(StallReason.RUNNER_STALLED, 1800, 1815);
    }

    @Test
    void requestsWaitInTheServer() {
      scene.runner();
      scene.pass(Duration.ofMinutes(1));
      scene.apiCall().state = ConnectionState.CLOSE_WAIT;
      scene.apiCall();
      found(StallReason.SCHEDULER_DEADLOCK, 300, 315);
    }

    @Test
    void theServerHangsWhileItEndsARunner() {
      Runner runner = scene.runner();
      scene.pass(Duration.ofMinutes(1));
      runner.state = ProcessState.ZOMBIE;
      scene.listAnswers = false;
      found(StallReason.UNLOAD_WEDGED, 45, 60);
    }

    @Test
    void aRunnerIsStoppedUnderARequest() {
      Runner runner = scene.runner();
      runner.state = ProcessState.STOPPED;
      scene.call(runner);
      found(StallReason.RUNNER_STOPPED, 30, 45);
    }

    @Test
    void anOlderRunnerIsStopped() {
      scene.pooledRunner().state = ProcessState.STOPPED;
      found(StallReason.RUNNER_STOPPED, 90, 105);
    }

    @Test
    void theServerIsStopped() {
      scene.serveState = ProcessState.STOPPED;
      scene.apiAnswers = false;
      found(StallReason.API_DEAD, 30, 45);
    }

    @Test
    void theServerAnswersNothing() {
      scene.apiAnswers = false;
      found(StallReason.API_DEAD, 30, 45);
    }

    @Test
    void oneOfTwoRunnersIsFrozen() {
      busy(scene.runner());
      Runner frozen = scene.runner();
      frozen.cores = 1;
      scene.call(frozen);
      found(StallReason.RUNNER_STALLED, 45, 60);
      assertThat(scene.frozen().orElseThrow().runner())
          .isEqualTo(new RunnerId(frozen.pid, frozen.pid));
    }

    @Test
    void oneOfTwoRunnersIsFrozenAndTheGpuCannotBeAttributed() {
      busy(scene.runner());
      scene.call(scene.runner());
      scene.attributed = false;
      found(StallReason.RUNNER_STALLED, 1800, 1815);
    }

    @Test
    void anotherProgramKeepsTheGpuBusy() {
      scene.call(scene.runner());
      scene.foreignGpuShare = 0.8;
      found(StallReason.RUNNER_STALLED, 45, 60);
    }

    @Test
    void anotherProgramMayBeWhatKeepsTheGpuBusy() {
      scene.call(scene.runner());
      scene.foreignGpuShare = 0.8;
      scene.attributed = false;
      found(StallReason.RUNNER_STALLED, 600, 615);
    }

    @Test
    void aLoadDoesNotAdvance() {
      scene.runner().listed = false;
      found(StallReason.LOAD_STALLED, 360, 375);
    }

    @Test
    void aFreezeBeginsAfterALongHealthyDay() {
      Runner runner = scene.runner();
      Call call = busy(runner);
      scene.pass(HOUR);
      call.sentPerSecond = 0;
      runner.gpuShare = 0;
      found(StallReason.RUNNER_STALLED, 45, 70);
    }

    @Test
    void theExporterStartsInTheMiddleOfIt() {
      scene.call(scene.runner());
      scene.pass(Duration.ofSeconds(40));
      scene.restartExporter();
      found(StallReason.RUNNER_STALLED, 45, 60);
    }
  }

  @Nested
  class Incurable {
    @Test
    void theGpuIsLost() {
      scene.call(scene.runner());
      scene.gpuLost = true;
      staysHealthy(HOUR);
      assertThat(scene.stalled().orElseThrow().threshold()).isNull();
    }

    @Test
    void theRunnerWaitsInTheKernel() {
      Runner runner = scene.runner();
      runner.state = ProcessState.UNINTERRUPTIBLE;
      scene.call(runner);
      staysHealthy(HOUR);
      assertThat(scene.verdict().uninterruptible()).isGreaterThan(Duration.ofMinutes(59));
    }
  }

  @Nested
  class Sampling {
    @Test
    void aPauseOfTheExporterIsNoStall() {
      scene.call(scene.runner());
      scene.pass(Duration.ofSeconds(5));
      scene.unwatched(HOUR).pass(Duration.ofSeconds(5));
      assertThat(scene.frozen()).isEmpty();
    }

    @Test
    void samplesEachSecondFindTheSame() {
      scene.interval = Duration.ofSeconds(1);
      scene.call(scene.runner());
      found(StallReason.RUNNER_STALLED, 45, 50);
    }

    @Test
    void samplesEachTwentySecondsFindTheSame() {
      scene.interval = Duration.ofSeconds(20);
      scene.call(scene.runner());
      found(StallReason.RUNNER_STALLED, 45, 90);
    }

    @Test
    void timeWithoutAnySightOfTheProcessesDoesNotCount() {
      scene.call(scene.runner());
      scene.pass(Duration.ofSeconds(20));
      scene.processesRead = false;
      staysHealthy(HOUR);
      assertThat(scene.verdict().blind()).contains(Blind.PROCESSES);
      scene.processesRead = true;
      found(StallReason.RUNNER_STALLED, 20, 45);
    }

    @Test
    void aSensorThatDropsOutMakesTheDetectorWaitForItAgain() {
      scene.call(scene.runner());
      scene.pass(Duration.ofSeconds(30));
      scene.gpuReadable = false;
      scene.pass(Duration.ofSeconds(5));
      scene.gpuReadable = true;
      found(StallReason.RUNNER_STALLED, 45, 60);
    }

    @Test
    void aNewRunnerStartsWithAClockOfItsOwn() {
      Runner old = scene.runner();
      scene.call(old);
      scene.pass(Duration.ofSeconds(40));
      scene.runners.clear();
      scene.calls.clear();
      scene.call(scene.runner());
      found(StallReason.RUNNER_STALLED, 45, 60);
    }
  }

  private Call busy(Runner runner) {
    runner.cores = 1;
    runner.gpuShare = 0.7;
    Call call = scene.call(runner);
    call.sentPerSecond = 3900;
    return call;
  }

  private void staysHealthy(Duration time) {
    Optional<Duration> frozen = scene.untilFrozen(time);
    assertThat(frozen).as(() -> "taken for a freeze: " + scene.verdict()).isEmpty();
  }

  private void staysFrozen(Duration time) {
    Duration step = scene.interval;
    for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plus(step)) {
      scene.pass(step);
      assertThat(scene.frozen()).as("after %s", gone).isPresent();
    }
  }

  private void found(StallReason reason, int fromSeconds, int toSeconds) {
    Optional<Duration> after = scene.untilFrozen(Duration.ofHours(2));
    assertThat(after).as(() -> "never found: " + scene.verdict()).isPresent();
    assertThat(after.orElseThrow())
        .isBetween(Duration.ofSeconds(fromSeconds), Duration.ofSeconds(toSeconds));
    assertThat(scene.frozen().orElseThrow().reason()).isEqualTo(reason);
  }
}
