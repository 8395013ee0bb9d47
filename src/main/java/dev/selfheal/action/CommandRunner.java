package dev.selfheal.action;

import java.time.Duration;
import java.util.List;

/** Runs commands, word by word and without a shell. */
public interface CommandRunner {

  /**
   * Runs a command to its end, or to the end of its time.
   *
   * @param argv the program and its arguments; not empty
   * @param limit how long it may run; a few seconds more may pass until one that does not stop is
   *     killed
   * @throws InterruptedException if the thread was interrupted; the command is stopped, if it was
   *     started at all
   */
  CommandResult run(List<String> argv, Duration limit) throws InterruptedException;
}
