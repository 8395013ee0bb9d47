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

  /**
   * Runs a command that must not be broken off half-way. If the thread is interrupted while it
   * runs, it may go on for {@link #LAST_CHANCE}, and if it ends in this time its result is returned
   * with the interrupt set.
   *
   * @throws InterruptedException if the thread was interrupted before the command was started, or
   *     the command did not end in this time and was stopped
   */
  CommandResult finish(List<String> argv, Duration limit) throws InterruptedException;

  /** How long a command that acts may go on when the receiver is told to end. */
  Duration LAST_CHANCE = Duration.ofSeconds(10);
}
