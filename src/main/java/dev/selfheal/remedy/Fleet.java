package dev.selfheal.remedy;

import java.time.Instant;
import java.util.List;

/**
 * What the other targets go through.
 *
 * @param targets how many targets are configured, this one included
 * @param starts attempts of all targets that spend and started lately, and all that run
 */
public record Fleet(int targets, List<Start> starts) {

  public Fleet {
    starts = List.copyOf(starts);
  }

  /**
   * One started attempt of the fleet.
   *
   * @param actuator key of what it acted on
   * @param deadline when it is over at the latest
   */
  public record Start(String actuator, Instant at, boolean running, Instant deadline) {}
}
