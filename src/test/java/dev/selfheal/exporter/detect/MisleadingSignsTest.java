package dev.selfheal.exporter.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.detect.Scene.Call;
import dev.selfheal.exporter.detect.Scene.Runner;
import dev.selfheal.exporter.sample.ConnectionState;
import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.ProcessState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Signs that are missing, or somebody else's, and must neither accuse nor excuse. */
class MisleadingSignsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration STEP = Duration.ofSeconds(5);
  private final Scene scene = new Scene();

  @Test
  void whereNoTrafficIsToldAnOlderRunnerIsJudgedAllTheSame() {
    scene.counted = false;
    Runner runner = scene.pooledRunner();
    assertThat(scene.untilFrozen(HOUR)).isEmpty();
    runner.cores = 1;
    scene.canaryAnswered = false;
    assertThat(scene.untilFrozen(HOUR)).isPresent();
  }

  @Test
  void aConnectionThatIsAlmostGoneAndTellsNoTrafficEndsNoStall() {
    Runner runner = scene.runner();
    scene.call(runner);
    scene.pass(Duration.ofSeconds(55));
    assertThat(scene.frozen()).isPresent();
    Call parting = scene.call(runner);
    parting.state = ConnectionState.OTHER;
    parting.told = false;
    for (int i = 0; i < 12; i++) {
      scene.pass(STEP);
      assertThat(scene.frozen()).isPresent();
    }
  }

  @Test
  void manyPullsWithoutAStreamAreNoQueueForHalfAnHour() {
    scene.runner();
    for (int i = 0; i < 5; i++) {
      scene.apiCall();
    }
    assertThat(scene.untilFrozen(HOUR).orElseThrow())
        .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(31));
  }

  @Test
  void callsOfACloudModelThatFollowEachOtherAreNoQueue() {
    scene.runner();
    scene.meanwhile =
        now -> {
          now.apiCall();
          if (now.calls.size() > 20) {
            now.calls.remove(0);
          }
        };
    assertThat(scene.untilFrozen(Duration.ofHours(3))).isEmpty();
  }

  @Test
  void aPullThatIsGivenUpAfterLongIsNoQueueBeforeItLasts() {
    scene.runner();
    Call pull = scene.apiCall();
    scene.apiCall();
    scene.pass(Duration.ofMinutes(20));
    pull.state = ConnectionState.CLOSE_WAIT;
    assertThat(scene.untilFrozen(Duration.ofMinutes(4))).isEmpty();
    scene.calls.remove(pull);
    assertThat(scene.untilFrozen(HOUR)).isEmpty();
  }

  @Test
  void clientsThatComeAndGoWhereOneGaveUpAreAQueue() {
    scene.runner();
    scene.apiCall().state = ConnectionState.CLOSE_WAIT;
    Call[] newest = {scene.apiCall()};
    scene.meanwhile =
        now -> {
          newest[0].state = ConnectionState.CLOSE_WAIT;
          newest[0] = now.apiCall();
        };
    assertThat(scene.untilFrozen(HOUR).orElseThrow())
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
  }

  @Test
  void aListThatIsSilentWhileALoadPagesItselfInIsNoWedgedUnload() {
    scene.said.add(new LogEvent.LoadStarted());
    scene.pass(STEP);
    Runner loads = scene.runner();
    loads.listed = false;
    loads.pagesPerSecond = 1000;
    scene.pass(STEP);
    scene.listAnswers = false;
    int[] looks = {0};
    scene.meanwhile =
        now ->
            loads.state =
                looks[0]++ % 3 == 0 ? ProcessState.UNINTERRUPTIBLE : ProcessState.SLEEPING;
    assertThat(scene.untilFrozen(Duration.ofMinutes(4))).isEmpty();
    assertThat(scene.verdict().loading()).isTrue();
    loads.pagesPerSecond = 0;
    assertThat(scene.untilFrozen(Duration.ofMinutes(2)).orElseThrow())
        .isBetween(Duration.ofSeconds(45), Duration.ofSeconds(60));
  }

  @Test
  void anIdleGpuThatDoesNotHoldTheModelSaysNothing() {
    scene.gpuMemory = Scene.GIB / 2;
    scene.call(scene.runner());
    assertThat(scene.untilFrozen(HOUR).orElseThrow())
        .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
  }

  @Test
  void aHealthCheckOfTheContainerIsNoProgress() {
    scene.counted = false;
    scene.loopbackBytes = 1_000_000L;
    scene.canaryAnswered = false;
    scene.runner().cores = 1;
    int[] looks = {0};
    scene.meanwhile =
        now -> now.loopbackBytes = 1_000_000L + (looks[0]++ / 6) * 7_000L; // each 30 s
    assertThat(scene.untilFrozen(HOUR)).isPresent();
  }

  @Test
  void anAnswerThatStreamsInAContainerIsProgress() {
    scene.counted = false;
    scene.loopbackBytes = 1_000_000L;
    scene.canaryAnswered = false;
    scene.runner().cores = 1;
    long[] bytes = {1_000_000L};
    scene.meanwhile = now -> now.loopbackBytes = bytes[0] += 8_000L;
    assertThat(scene.untilFrozen(Duration.ofHours(3))).isEmpty();
  }

  @Test
  void aLoadThatTheLogTellsOfOnlyAfterItsProcessWasSeenIsALoad() {
    scene.runner();
    scene.pass(Duration.ofMinutes(1));
    Runner loads = scene.pooledRunner();
    loads.cores = 1;
    loads.pagesPerSecond = 100;
    scene.canaryAnswered = false;
    scene.pass(STEP);
    scene.said.add(new LogEvent.LoadStarted());
    assertThat(scene.untilFrozen(Duration.ofMinutes(20))).isEmpty();
    assertThat(scene.verdict().loading()).isTrue();
  }

  @Test
  void whatADesktopDoesWithTheGpusMemoryIsNoLoad() {
    scene.runner().listed = false;
    int[] looks = {0};
    scene.meanwhile = now -> now.gpuMemory = (64 * Scene.GIB) + (looks[0]++ % 7) * (8L << 20);
    assertThat(scene.untilFrozen(HOUR).orElseThrow())
        .isBetween(Duration.ofMinutes(6), Duration.ofMinutes(7));
  }
}
