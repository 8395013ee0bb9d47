package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.sample.ProcessStat;

/**
 * One runner for as long as it lives: a pid alone may be used again.
 *
 * @param startTicks when it started, in clock ticks since boot
 */
public record RunnerId(long pid, long startTicks) {

  /** The runner that a process is. */
  public static RunnerId of(ProcessStat stat) {
    return new RunnerId(stat.pid(), stat.startTicks());
  }
}
