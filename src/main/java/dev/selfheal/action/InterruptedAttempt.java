package dev.selfheal.action;

/**
 * The receiver was told to stop while an attempt ran, so nobody knows yet how it ends. The attempt
 * must stay STARTED: any result would be a guess, and the next receiver settles it ABANDONED after
 * reading the unit's state. The thread's interrupt is still set.
 */
public final class InterruptedAttempt extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param soFar what was done and seen until then, in lines, for people; at most 16 KiB
   */
  InterruptedAttempt(String soFar) {
    super(soFar);
  }
}
