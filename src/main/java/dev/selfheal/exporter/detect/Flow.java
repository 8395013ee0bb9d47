package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.sample.Traffic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one connection to a runner over the last seconds, and whether they are an answer. A
 * runner that hangs still sends some: 8 bytes each 30 s for a client that waits, and about 150 for
 * each health check.
 */
final class Flow {
  static final Duration WINDOW = Duration.ofSeconds(15);
  static final long ANSWERING = 64;
  static final long CALLS_AND_ANSWERS = 1024;

  private record Point(Duration at, long sent, long received) {}

  private final Deque<Point> points = new ArrayDeque<>();
  private @Nullable Duration grew;
  private Duration receivedStill = Duration.ZERO;

  /**
   * Notes a reading.
   *
   * @return bytes sent since the reading before
   */
  long add(Duration at, Traffic traffic) {
    Point before = points.peekLast();
    points.addLast(new Point(at, traffic.sent(), traffic.received()));
    forget(at);
    if (before == null || before.received() != traffic.received()) {
      receivedStill = at;
    }
    long sent = before == null ? 0 : traffic.sent() - before.sent();
    if (sent > 0) {
      grew = at;
    }
    return Math.max(0, sent);
  }

  /**
   * When it last sent a byte, if what it sent within the window is an answer; else null, also where
   * its bytes were never told.
   */
  @Nullable Duration progress() {
    Point first = points.peekFirst();
    Point last = points.peekLast();
    if (first == null || last == null) {
      return null;
    }
    long least = last.received() == first.received() ? ANSWERING : CALLS_AND_ANSWERS;
    return last.sent() - first.sent() > least ? grew : null;
  }

  /** Whether it sent in at least half of the looks of the window; a burst is over in one. */
  boolean steady() {
    int grown = 0;
    Point before = null;
    for (Point point : points) {
      grown += before != null && point.sent() > before.sent() ? 1 : 0;
      before = point;
    }
    return grown * 2 >= points.size() - 1;
  }

  /** Since when nothing has come in. */
  Duration receivedStillSince() {
    return receivedStill;
  }

  /** Drops what is older than the window, but always keeps two points to compare. */
  private void forget(Duration at) {
    Iterator<Point> oldest = points.iterator();
    while (points.size() > 2 && oldest.next().at().plus(WINDOW).compareTo(at) < 0) {
      oldest.remove();
    }
  }
}
