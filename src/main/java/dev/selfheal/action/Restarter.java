package dev.selfheal.action;

import dev.selfheal.remedy.Target;

/** Restarts targets, and proves that it helped. */
public interface Restarter {

  /**
   * Restarts a target once, unless a second look says that this is not needed or no cure; waits for
   * its recovery, and stops acting and waiting {@link Target#DEADLINE_MARGIN} before the attempt's
   * deadline. Takes minutes. What goes wrong with the target is a report, never an exception.
   *
   * @throws InterruptedAttempt if the thread was interrupted, as it is when the receiver stops
   */
  Report restart(Order order);

  /**
   * Looks at a target, for the record of an attempt that nobody saw the end of. Takes at most half
   * a minute, and changes nothing. An interrupt ends it and stays set.
   */
  Sighting look(Target target);
}
