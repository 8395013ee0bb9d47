package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.sample.Dialect;
import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.LogEvents;
import dev.selfheal.exporter.sample.Reading;
import java.util.List;

/** The server's log, as far as it can be read. */
final class LogWatch {
  private static final int OK = 200;

  private List<LogEvent> events = List.of();
  private boolean readable;
  private boolean runnersHeard;

  void add(Reading<LogEvents> log) {
    readable = log instanceof Reading.Known;
    events = log instanceof Reading.Known<LogEvents> known ? known.value().events() : List.of();
    runnersHeard =
        readable
            && (runnersHeard
                || events.stream()
                    .anyMatch(
                        event ->
                            event instanceof LogEvent.RunnerSpoke
                                || event instanceof LogEvent.Progress));
  }

  /** What it said since the sample before. */
  List<LogEvent> events() {
    return events;
  }

  boolean readable() {
    return readable;
  }

  /**
   * Whether a runner's progress would be seen in it: only runners from 0.30 on report any, and only
   * once one of their lines has been seen is it certain that they arrive here.
   */
  boolean showsProgress(Dialect dialect) {
    return readable && runnersHeard && dialect == Dialect.CONNECTION_PER_CALL;
  }

  /** Whether a request for inference was answered since the sample before. */
  boolean completed() {
    return events.stream()
        .anyMatch(event -> event instanceof LogEvent.Completed done && done.status() == OK);
  }
}
