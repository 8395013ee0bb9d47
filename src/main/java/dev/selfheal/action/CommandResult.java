package dev.selfheal.action;

/**
 * How a command ended. Output is what it wrote to both its streams, at most 8 KiB and a note of
 * what was left out, without control characters.
 */
public sealed interface CommandResult {

  /**
   * It ended by itself.
   *
   * @param status 0 to 255; 128 and the signal's number if a signal ended it
   */
  record Exited(int status, String output) implements CommandResult {}

  /** Its time was over, and it was stopped. What it had set going may go on. */
  record TimedOut(String output) implements CommandResult {}

  /**
   * The connection to its host was lost while it ran. What it did is not known.
   *
   * @param why one line
   */
  record Cut(String output, String why) implements CommandResult {}

  /**
   * It never ran.
   *
   * @param why one line
   */
  record NotStarted(String why) implements CommandResult {}
}
