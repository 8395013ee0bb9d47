package dev.selfheal.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.Recording.Moment;
import dev.selfheal.exporter.detect.Condition;
import dev.selfheal.exporter.detect.Condition.Stalled;
import dev.selfheal.exporter.detect.FreezeDetector;
import dev.selfheal.exporter.detect.RunnerId;
import dev.selfheal.exporter.detect.Thresholds;
import dev.selfheal.exporter.detect.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What real servers showed, as raw text through the parsers into the detector. {@code
 * -Dselfheal.sequences=DIR} replays the recordings of another folder.
 */
class SequenceReplayTest {
  private static final String ENDING = ".jsonl.gz";

  @TestFactory
  Stream<DynamicTest> eachRecordingIsJudgedAsItWas() throws IOException {
    String folder =
        System.getProperty(
            "selfheal.sequences", "src/test/resources/dev/selfheal/exporter/sequences");
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      List<Recording> recordings =
          files
              .filter(file -> file.getFileName().toString().endsWith(ENDING))
              .sorted()
              .map(Recording::read)
              .toList();
      assertThat(recordings).as("recordings in " + folder).isNotEmpty();
      return recordings.stream().flatMap(SequenceReplayTest::cases);
    }
  }

  private static Stream<DynamicTest> cases(Recording recording) {
    if (!recording.judged()) {
      return Stream.of(onlyRead(recording));
    }
    Recording gpu = GpuSet.of(recording);
    Stream<DynamicTest> full = Stream.of(onCpu(recording), onGpu(gpu));
    // Each of its few samples waits for time-outs.
    return recording.name().endsWith("stop_serve")
        ? full
        : Stream.concat(full, Stream.of(onCpu(recording.thinned()), onGpu(gpu.thinned())));
  }

  /** From the field: nobody has said yet what the host's state was. */
  private static DynamicTest onlyRead(Recording recording) {
    return DynamicTest.dynamicTest(
        recording.name() + " is read", () -> new Replay(recording).run().saysSomething());
  }

  private static DynamicTest onGpu(Recording recording) {
    return DynamicTest.dynamicTest(
        recording.name(),
        () -> {
          Replay replay = new Replay(recording).run();
          if (recording.stalled()) {
            replay.foundInTime();
          } else {
            replay.neverFrozen();
          }
        });
  }

  private static DynamicTest onCpu(Recording recording) {
    return DynamicTest.dynamicTest(
        recording.name() + " on the CPU",
        () -> {
          Replay replay = new Replay(recording).run();
          if (!recording.stalled()) {
            replay.neverFrozen();
          } else if (recording.kind().equals("runner_stalled")) {
            replay.stallRanToTheEnd();
          } else {
            replay.foundInTime();
          }
        });
  }

  /** A detector over one recording. */
  private static final class Replay {
    private final Recording recording;
    private final FreezeDetector detector;
    private @Nullable Verdict last;
    private @Nullable Double foundAt;
    private @Nullable Stalled found;
    private double nextCanary;
    private @Nullable RunnerId asked;
    private double askedAt;

    Replay(Recording recording) {
      this.recording = recording;
      this.detector = new FreezeDetector(Thresholds.DEFAULT, true, recording.apiPort());
    }

    Replay run() {
      for (Moment moment : recording.moments()) {
        canary(moment.seconds());
        Verdict verdict =
            detector.observe(
                moment.raw().parsed(),
                Instant.EPOCH.plus(Duration.ofMillis((long) (moment.seconds() * 1000))));
        last = verdict;
        if (found == null && stalled(verdict).filter(Stalled::frozen).isPresent()) {
          found = stalled(verdict).orElseThrow();
          foundAt = moment.seconds();
        }
        if (asked == null && !verdict.suspects().isEmpty() && moment.seconds() >= nextCanary) {
          asked = verdict.suspects().get(0);
          askedAt = moment.seconds();
          nextCanary = moment.seconds() + 120;
        }
      }
      return this;
    }

    /** It fails where a stall is expected, after its 30 s, and is answered where none is. */
    private void canary(double seconds) {
      if (asked != null && !recording.stalled()) {
        detector.canaryAnswered(asked);
        asked = null;
      } else if (asked != null && seconds >= askedAt + 30) {
        detector.canarySilent(asked);
        asked = null;
      }
    }

    void saysSomething() {
      assertThat(last).isNotNull();
      String when = found == null ? "" : ", frozen from " + foundAt + " s: " + found;
      System.out.println(recording.name() + ": " + recording.length() + " s" + when);
    }

    void neverFrozen() {
      assertThat(found).as("a freeze at %s s", foundAt).isNull();
    }

    void foundInTime() {
      assertThat(found).as(() -> "not found; the last verdict is " + last).isNotNull();
      assertThat(foundAt).isLessThanOrEqualTo(recording.within());
      assertThat(reason(found)).isEqualTo(recording.kind());
    }

    void stallRanToTheEnd() {
      Stalled stall = Optional.ofNullable(last).flatMap(Replay::stalled).orElse(null);
      assertThat(stall).as(() -> "no stall; the last verdict is " + last).isNotNull();
      double least = recording.length() - (recording.name().endsWith("thinned") ? 55 : 45);
      assertThat(stall == null ? 0.0 : stall.duration().toMillis() / 1000.0)
          .isGreaterThanOrEqualTo(least);
    }

    private static String reason(@Nullable Stalled stall) {
      return stall == null ? "none" : stall.reason().label();
    }

    private static Optional<Stalled> stalled(Verdict verdict) {
      Condition condition = verdict.condition();
      return condition instanceof Stalled stalled ? Optional.of(stalled) : Optional.empty();
    }
  }
}
