package dev.selfheal.exporter.simulation;

import java.util.PriorityQueue;

/** What will happen, in order. Times are in milliseconds since the host was started. */
final class Agenda {
  private record Event(long at, long number, Runnable deed) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long now;
  private long number;

  long now() {
    return now;
  }

  void in(long delay, Runnable deed) {
    events.add(new Event(now + Math.max(0, delay), number++, deed));
  }

  /** Lets everything happen up to a time. */
  void advance(long to) {
    for (Event next = events.peek(); next != null && next.at() <= to; next = events.peek()) {
      events.poll();
      now = Math.max(now, next.at());
      next.deed().run();
    }
    now = Math.max(now, to);
  }
}
