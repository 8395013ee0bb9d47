package dev.selfheal.exporter.detect;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A runner's use of the GPU over the last seconds. */
final class GpuMeter {
  private record Point(Duration at, GpuUse use) {}

  /** So many looks it takes to say that a runner does nothing: calls may lie between them. */
  private static final int ENOUGH = 8;

  private final Deque<Point> points = new ArrayDeque<>();
  private final Deque<Duration> looks = new ArrayDeque<>();
  private @Nullable Duration idleSince;
  private @Nullable Duration lastBusy;

  void add(Duration at, GpuUse use) {
    looks.addLast(at);
    if (looks.size() > ENOUGH) {
      looks.removeFirst();
    }
    points.addLast(new Point(at, use));
    while (points.size() > 1 && points.getFirst().at().plus(Flow.WINDOW).compareTo(at) < 0) {
      points.removeFirst();
    }
    if (use == GpuUse.BUSY) {
      lastBusy = at;
    }
    idleSince = use != GpuUse.IDLE ? null : idleSince == null ? at : idleSince;
  }

  /**
   * When it was last busy, if it was in at least half of the readings of the window; else null. A
   * single reading above the limit among idle ones is noise.
   */
  @Nullable Duration progress() {
    long busy = points.stream().filter(point -> point.use() == GpuUse.BUSY).count();
    long known = points.stream().filter(point -> point.use() != GpuUse.UNKNOWN).count();
    return busy > 0 && busy * 2 >= known ? lastBusy : null;
  }

  /** Since when every reading says idle; null if the last does not. */
  @Nullable Duration idleSince() {
    return idleSince;
  }

  /** When it was last busy; null if never. */
  @Nullable Duration lastBusy() {
    return lastBusy;
  }

  /** Whether it was looked at often enough after a time. */
  boolean enoughSince(Duration time) {
    return looks.size() == ENOUGH && looks.getFirst().compareTo(time) > 0;
  }
}
