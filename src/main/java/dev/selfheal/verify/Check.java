package dev.selfheal.verify;

/** One question to the deployed chain: safe to repeat, and it changes nothing. */
interface Check {

  /** Which link it is about. */
  CheckName name();

  /** The name of the target that it is about; empty if it concerns them all. */
  default String target() {
    return "";
  }

  /**
   * Asks and judges, within its own limits. What goes wrong out there is a result.
   *
   * @throws InterruptedException if the thread was interrupted
   */
  CheckResult run() throws InterruptedException;
}
