package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.LogEvents;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the log said since it was last emptied: events and a count, never text. Bounded: a
 * repetition that tells nothing new is not held, and when it is full the oldest event goes. Safe
 * for many threads.
 */
final class LogTray {
  static final int MOST = 16_384;

  private final Tape tape;
  private final Deque<LogEvent> events = new ArrayDeque<>();
  private boolean runnerSpoke;
  private @Nullable LogEvent last;
  private int lines;

  /**
   * @param tape is given the lines that count, and holds them if it likes
   */
  LogTray(Tape tape) {
    this.tape = tape;
  }

  /** An entry was read; it holds this message or none. */
  void read(Optional<String> message) {
    Optional<LogEvent> event = message.flatMap(LogLine::parse);
    event.ifPresent(found -> tape.log(message.orElseThrow(), found));
    add(event);
  }

  /** A line was read, and said this or nothing. */
  synchronized void add(Optional<LogEvent> event) {
    lines += lines < Integer.MAX_VALUE ? 1 : 0;
    event.ifPresent(this::hold);
  }

  /** All since the last time, which are then forgotten. */
  synchronized LogEvents empty() {
    if (lines == 0) {
      return LogEvents.NONE;
    }
    LogEvents all = new LogEvents(new ArrayList<>(events), lines);
    events.clear();
    runnerSpoke = false;
    last = null;
    lines = 0;
    return all;
  }

  /** That a runner spoke is worth saying once, and progress once between two other events. */
  private void hold(LogEvent event) {
    if (event instanceof LogEvent.RunnerSpoke) {
      if (runnerSpoke) {
        return;
      }
      runnerSpoke = true;
    } else {
      if (event instanceof LogEvent.Progress && event.equals(last)) {
        return;
      }
      last = event;
    }
    if (events.size() == MOST) {
      events.removeFirst();
    }
    events.addLast(event);
  }
}
