package dev.selfheal.exporter.probe;

import java.time.Duration;
import java.util.List;

/** Where the probes run small programs such as {@code ss}, each with a limit. */
@FunctionalInterface
public interface ToolRunner {

  /**
   * Runs a program to its end, without a shell and without input. One that cannot be killed is
   * never started a second time while it is there.
   *
   * @param argv the program and its arguments
   * @param limit when this has passed, it is killed
   * @throws InterruptedException if the thread is interrupted; the program is killed then
   */
  ToolResult run(List<String> argv, Duration limit) throws InterruptedException;
}
