package dev.selfheal.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.exporter.detect.Condition;
import dev.selfheal.exporter.detect.FreezeDetector;
import dev.selfheal.exporter.detect.StallReason;
import dev.selfheal.exporter.detect.Thresholds;
import dev.selfheal.exporter.detect.Verdict;
import dev.selfheal.exporter.sample.LogEvents;
import dev.selfheal.exporter.sample.Sample;
import dev.selfheal.exporter.sample.Sockets;
import dev.selfheal.ollama.OllamaSession;
import dev.selfheal.testkit.FakeApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The canaries and the detector together, beside a runner that spins while nobody seems to wait.
 */
@Timeout(30)
class CanaryWatchTest {
  private static final String TOKEN =
      "{\"model\":\"model\",\"response\":\"a\",\"done\":true,\"done_reason\":\"length\"}";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final FakeApi api = new FakeApi();
  private final AtomicLong time = new AtomicLong();
  private final List<CanaryResult> results = new ArrayList<>();
  private final Canary canary =
      new Canary(new OllamaSession(api.uri(), threads), time::get, Duration.ofMillis(1500));
  private final Judge judge =
      new Judge(
          new FreezeDetector(Thresholds.DEFAULT, true, Samples.API_PORT),
          new CanaryWatch(canary, time::get));
  private @Nullable Verdict last;

  @AfterEach
  void stop() {
    api.close();
    threads.shutdownNow();
  }

  @Test
  void asksARunnerThatIsLeftBehindAndTakesItsAnswerForProgress() {
    api.answer("/api/generate", 200, TOKEN);
    untilAResult();
    assertThat(results.get(0)).isInstanceOf(CanaryResult.Answered.class);
    assertThat(verdict().condition()).isInstanceOf(Condition.Healthy.class);
    assertThat(verdict().sinceProgress()).isNotNull();
    assertThat(verdict().suspects()).isEmpty();
  }

  @Test
  void asksNotBeforeThirtySecondsAndAtMostOnceInTwoMinutes() {
    api.answer("/api/generate", 200, TOKEN);
    rounds(6);
    assertThat(api.asked("/api/generate")).isZero();
    untilAResult();
    long first = time.get();
    while (time.get() < first + Duration.ofSeconds(110).toNanos()) {
      rounds(1);
      assertThat(api.asked("/api/generate")).isEqualTo(1);
    }
    rounds(4);
    await().until(() -> api.asked("/api/generate") == 2);
  }

  @Test
  void takesSilenceForAStallThatBeganWithTheCpu() {
    api.hold("/api/generate", TOKEN);
    untilAResult();
    assertThat(results.get(0)).isInstanceOf(CanaryResult.NoAnswer.class);
    assertThat(verdict().condition())
        .isInstanceOfSatisfying(
            Condition.Stalled.class,
            stall -> {
              assertThat(stall.reason()).isEqualTo(StallReason.RUNNER_STALLED);
              assertThat(stall.threshold()).as("counts from now on").isNotNull();
              assertThat(stall.duration())
                  .isGreaterThanOrEqualTo(Duration.ofNanos(time.get()).minusSeconds(10));
            });
  }

  @Test
  void leavesTheSlowThresholdWhereItSaysNothingOfTheRunner() {
    api.answer("/api/generate", 404, "{\"error\":\"model not found\"}");
    untilAResult();
    assertThat(results.get(0)).isInstanceOf(CanaryResult.NotPossible.class);
    assertThat(verdict().sinceProgress()).isNull();
    assertThat(verdict().suspects()).hasSize(1);
    assertThat(verdict().condition())
        .isInstanceOfSatisfying(
            Condition.Stalled.class,
            stall -> assertThat(stall.threshold()).isEqualTo(Thresholds.DEFAULT.cpuBlind()));
  }

  @Test
  void triesOneThatCannotBeAskedAgainAfterTwoMinutesAlone() {
    while (time.get() < Duration.ofMinutes(2).toNanos()) {
      judge(Samples.with(spinning(), Samples.NO_API));
    }
    assertThat(results).hasSize(1).hasOnlyElementsOfType(CanaryResult.NotPossible.class);
    assertThat(api.asked()).isEmpty();
  }

  /** Until the detector has had a look after a canary has come back. */
  private void untilAResult() {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              rounds(1);
              return !results.isEmpty();
            });
  }

  private void rounds(int count) {
    for (int i = 0; i < count; i++) {
      judge(spinning());
    }
  }

  private void judge(Sample sample) {
    Judge.Ruling ruling = judge.judge(sample, Samples.NOW.plusNanos(time.get()));
    time.addAndGet(Duration.ofSeconds(5).toNanos());
    results.addAll(ruling.canaries());
    last = ruling.verdict();
  }

  private Verdict verdict() {
    return Objects.requireNonNull(last);
  }

  /** A core is busy all the time; no connection, no log, and the model is to stay for long. */
  private Sample spinning() {
    Sample host =
        Samples.with(
            Samples.blind(),
            Samples.processes(Samples.runner(222, Duration.ofNanos(time.get()), "sha256-a")));
    return Samples.withLog(
        Samples.withSockets(
            Samples.with(host, Samples.loaded(Samples.model("model", 1, 1, "sha256-a"))),
            new Sockets(List.of(), List.of(), true, null)),
        new LogEvents(List.of(), 1));
  }
}
