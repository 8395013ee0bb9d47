package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.detect.Condition.Stalled;
import dev.selfheal.exporter.sample.Dialect;
import dev.selfheal.exporter.sample.Gpu;
import dev.selfheal.exporter.sample.Gpus;
import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.RunnerProcess;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether the youngest runner is loading its model, and whether that advances. */
final class LoadWatch {
  /** Less than this may be a desktop's windows; a load moves as much within seconds. */
  private static final long GPU_STEP = 16L << 20;

  /** How much later than its process a line of the log may come. */
  private static final Duration LINE_LATE = Duration.ofSeconds(10);

  private @Nullable RunnerId loading;
  private @Nullable RunnerId youngestBefore;
  private @Nullable RunnerId elder;
  private @Nullable Duration youngestSince;
  private boolean looked;
  private @Nullable RunnerId oldAtStart;
  private boolean logSaysLoading;
  private long mostPages;
  private long mostOnGpu;
  private Duration movedAt = Duration.ZERO;
  private Duration at = Duration.ZERO;

  /**
   * Notes a sample.
   *
   * @param runners those that are alive
   * @param listed how many models {@code /api/ps} lists; null if it does not say
   */
  void observe(Duration now, List<RunnerProcess> runners, @Nullable Integer listed, Gpus gpus) {
    at = now;
    RunnerProcess youngest =
        runners.stream()
            .max(
                Comparator.comparingLong((RunnerProcess each) -> each.stat().startTicks())
                    .thenComparingLong(each -> each.stat().pid()))
            .orElse(null);
    if (youngest == null) {
      loading = null;
      remember(null);
      return;
    }
    RunnerId id = RunnerId.of(youngest.stat());
    follow(id, isLoading(id, youngest.dialect(), runners.size(), listed));
    remember(id);
    advance(youngest.stat().residentPages(), memory(gpus));
  }

  /** The runner whose model is being loaded; null if none is. */
  @Nullable RunnerId loading() {
    return loading;
  }

  private void remember(@Nullable RunnerId youngest) {
    if (!Objects.equals(youngest, youngestBefore)) {
      elder = youngestBefore;
      youngestSince = looked ? at : null; // those that were there at first may be old
    }
    youngestBefore = youngest;
    looked = true;
  }

  /** How long ago the load that is under way last advanced; null if none is. */
  @Nullable Duration sinceAdvance() {
    return loading == null ? null : at.minus(movedAt);
  }

  /** The stall of a load that does not advance; null while none is under way. */
  @Nullable Stalled stalled(Thresholds thresholds) {
    return loading == null || movedAt.equals(at)
        ? null
        : new Stalled(at.minus(movedAt), thresholds.load(), StallReason.LOAD_STALLED, loading);
  }

  private boolean isLoading(
      RunnerId youngest, Dialect dialect, int runners, @Nullable Integer listed) {
    boolean perCall = dialect == Dialect.CONNECTION_PER_CALL;
    boolean unlisted = perCall && listed != null && listed < runners;
    if (perCall && listed != null && !unlisted) {
      logSaysLoading = false; // its last line was missed
    }
    boolean logged = logSaysLoading && (oldAtStart == null || isNewer(youngest, oldAtStart));
    // The list may block during a load: what was so before still is.
    boolean before = listed == null && youngest.equals(loading);
    return logged || unlisted || before;
  }

  /** If the one that was loading is gone, those that were there before it load nothing. */
  private static boolean isNewer(RunnerId one, RunnerId other) {
    int byStart = Long.compare(one.startTicks(), other.startTicks());
    return byStart > 0 || (byStart == 0 && one.pid() != other.pid());
  }

  private void follow(RunnerId youngest, boolean isLoading) {
    RunnerId now = isLoading ? youngest : null;
    if (now != null && !now.equals(loading)) {
      movedAt = at;
      mostPages = 0;
      mostOnGpu = 0;
    }
    loading = now;
  }

  /**
   * A load moves bytes into memory or onto the GPU: more than ever since it began. What only comes
   * and goes is somebody else's.
   */
  private void advance(long pages, long onGpu) {
    if (pages > mostPages || onGpu > mostOnGpu + GPU_STEP) {
      movedAt = at;
    }
    mostPages = Math.max(mostPages, pages);
    mostOnGpu = onGpu > mostOnGpu + GPU_STEP ? onGpu : mostOnGpu;
  }

  /** Notes what the log says, in samples too in which the processes cannot be seen. */
  void note(LogEvent event) {
    if (event instanceof LogEvent.LoadStarted) {
      logSaysLoading = true;
      // The line may be read after the process was seen.
      boolean itsOwn = youngestSince != null && at.minus(youngestSince).compareTo(LINE_LATE) <= 0;
      oldAtStart = itsOwn ? elder : youngestBefore;
    } else if (event instanceof LogEvent.LoadFinished) {
      logSaysLoading = false;
    }
  }

  /** The log cannot be read any more: what it said last may be over. */
  void logLost() {
    logSaysLoading = false;
  }

  /** What is used now; nothing if it cannot be read: that nothing is seen moves nothing. */
  private static long memory(Gpus gpus) {
    return gpus instanceof Gpus.Seen seen
        ? seen.gpus().stream().mapToLong(LoadWatch::used).sum()
        : 0;
  }

  private static long used(Gpu gpu) {
    Long used = gpu.memoryUsed();
    return used == null ? 0 : used;
  }
}
