package dev.selfheal.action;

/** What came of asking systemd for the state of a unit. */
sealed interface UnitReading {

  /** It said so. */
  record Known(UnitState state) implements UnitReading {}

  /**
   * It did not.
   *
   * @param why one line
   */
  record Unreadable(String why) implements UnitReading {}
}
