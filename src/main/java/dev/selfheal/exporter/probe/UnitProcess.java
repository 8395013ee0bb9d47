package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.Reading;
import java.time.Duration;
import java.util.List;

/** Asks systemd for the main process of a unit. */
final class UnitProcess {
  /** No process. */
  static final long NONE = 0;

  private final ToolRunner tools;
  private final String unit;
  private final Duration limit;

  UnitProcess(ToolRunner tools, String unit, Duration limit) {
    this.tools = tools;
    this.unit = unit;
    this.limit = limit;
  }

  /**
   * Its pid; {@link #NONE} where it does not run, or where there is no such unit or no systemd;
   * unknown if systemd does not answer.
   */
  Reading<Long> pid() throws InterruptedException {
    ToolResult result =
        tools.run(List.of("systemctl", "show", "-p", "MainPID", "--value", unit), limit);
    if (result instanceof ToolResult.Ended ended) {
      return new Reading.Known<>(ended.good() ? pid(ended.output()) : NONE);
    }
    return result instanceof ToolResult.Missing
        ? new Reading.Known<>(NONE)
        : new Reading.Unknown<>("systemctl " + result.why() + "; " + unit + " cannot be found");
  }

  private static long pid(String output) {
    try {
      return Numbers.natural(output.strip());
    } catch (NumberFormatException e) {
      return NONE;
    }
  }
}
