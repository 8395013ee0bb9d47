package dev.selfheal.action;

import java.time.Duration;

/** Lets time pass between two looks. */
@FunctionalInterface
public interface Pauser {

  /**
   * Returns when so much time has passed.
   *
   * @param time not negative
   */
  void pause(Duration time) throws InterruptedException;
}
