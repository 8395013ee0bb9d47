package dev.selfheal.exporter.direct;

import dev.selfheal.alert.Alert;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver still has to be told, and when. An end is told until it is taken; what fires is
 * told again and again while it does. Times are nanoseconds of a steady clock. For one thread.
 */
final class Outbox {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

  /** More than a receiver that is away for long needs: it withdraws the rest by itself. */
  private static final int MOST_ENDED = 16;

  /** Longer than any round takes. */
  private static final long FRESH = Duration.ofMinutes(1).toNanos();

  private final long repeat;
  private final long longestRetry;
  private final Deque<Alert> ended = new ArrayDeque<>();
  private @Nullable Alert firing;
  private long seenAt;
  private long dueAt;
  private long retry = FIRST_RETRY.toNanos();

  Outbox(Duration repeat) {
    this.repeat = repeat.toNanos();
    this.longestRetry = Math.min(this.repeat, LONGEST_RETRY.toNanos());
  }

  /** Takes in what a round has brought; what is new is due at once. */
  void take(DirectAlert.News news, long now) {
    Alert before = firing;
    firing = news.firing();
    seenAt = now;
    boolean fresh = firing != null && (before == null || !before.key().equals(firing.key()));
    if (news.ended() != null) {
      ended.addLast(news.ended());
      if (ended.size() > MOST_ENDED) {
        ended.removeFirst();
      }
      fresh = true;
    }
    if (fresh) {
      dueAt = now;
    }
  }

  /** Repeats nothing that no round has seen for a minute: they hang, and it may be over. */
  void forget(long now) {
    if (now - seenAt > FRESH) {
      firing = null;
    }
  }

  /** Whether there is anything to tell, now or later. */
  boolean isEmpty() {
    return firing == null && ended.isEmpty();
  }

  /** Nanoseconds until something is due; 0 or less if it is. */
  long untilDue(long now) {
    return dueAt - now;
  }

  /** All that is to be told now: first what has ended. */
  List<Alert> content() {
    List<Alert> all = new ArrayList<>(ended);
    if (firing != null) {
      all.add(firing);
    }
    return all;
  }

  /** The receiver has taken these. */
  void delivered(List<Alert> told, long now) {
    ended.removeAll(told);
    retry = FIRST_RETRY.toNanos();
    dueAt = now + repeat;
  }

  /** It has not; it is tried again, each time later than before, and each repeat at the latest. */
  void failed(long now) {
    dueAt = now + retry;
    retry = Math.min(2 * retry, longestRetry);
  }
}
