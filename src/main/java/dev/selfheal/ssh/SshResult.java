package dev.selfheal.ssh;

/**
 * How a command on another host ended. Output is what it wrote to both its streams in the order of
 * its arrival, bounded, without control characters.
 */
public sealed interface SshResult {

  /**
   * It ended by itself, or by a signal.
   *
   * @param status 0 to 255; 128 and the signal's number if a signal ended it
   */
  record Exited(int status, String output) implements SshResult {}

  /** Its time was over, or it was silent for too long. It may go on; what it did is not known. */
  record TimedOut(String soFar) implements SshResult {}

  /**
   * The connection was lost while it ran, or its channel ended without its status. It may go on;
   * what it did is not known.
   *
   * @param why one line
   */
  record Cut(String soFar, String why) implements SshResult {}

  /**
   * The host was never told to run it.
   *
   * @param why one line
   */
  record NotStarted(String why) implements SshResult {}
}
