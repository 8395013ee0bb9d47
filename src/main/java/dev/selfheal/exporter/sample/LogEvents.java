package dev.selfheal.exporter.sample;

import java.util.List;

/**
 * What the server's log said since the round before.
 *
 * @param events in the log's order
 * @param lines how many lines were read, of any kind; more than none proves that this is the log of
 *     a living server
 */
public record LogEvents(List<LogEvent> events, int lines) {
  public LogEvents {
    events = List.copyOf(events);
  }

  /** No line since the round before. */
  public static final LogEvents NONE = new LogEvents(List.of(), 0);
}
