package dev.selfheal.exporter.detect;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** How many cores a runner uses, over the last seconds, and since when it is busy or quiet. */
final class CpuMeter {
  static final Duration WINDOW = Duration.ofSeconds(10);

  /** More than this is busy: the incident's runner spun near one core. */
  static final double BUSY_CORES = 0.5;

  /** Less than this is no use of the CPU: an idle runner's timers stay far below. */
  static final double QUIET_CORES = 0.1;

  private record Point(Duration at, Duration cpu) {}

  private final Deque<Point> points = new ArrayDeque<>();
  private @Nullable Duration busySince;
  private @Nullable Duration quietSince;

  void add(Duration at, Duration cpu) {
    Point before = points.peekLast();
    points.addLast(new Point(at, cpu));
    while (points.size() > 2 && points.getFirst().at().plus(WINDOW).compareTo(at) < 0) {
      points.removeFirst();
    }
    if (before == null) {
      return;
    }
    double cores = cores();
    busySince = cores > BUSY_CORES ? earlier(busySince, before.at()) : null;
    quietSince = cores < QUIET_CORES ? earlier(quietSince, before.at()) : null;
  }

  /** Average over the window; 0 before the second reading. */
  double cores() {
    Point first = points.getFirst();
    Point last = points.getLast();
    double seconds = seconds(last.at().minus(first.at()));
    return seconds <= 0 ? 0 : seconds(last.cpu().minus(first.cpu())) / seconds;
  }

  /** Since when it has used more than half a core; null if it does not. */
  @Nullable Duration busySince() {
    return busySince;
  }

  /** Since when it has used no CPU; null if it does. */
  @Nullable Duration quietSince() {
    return quietSince;
  }

  private static Duration earlier(@Nullable Duration since, Duration at) {
    return since == null ? at : since;
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
