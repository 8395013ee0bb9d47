package dev.selfheal.metrics;

import dev.selfheal.remedy.Mode;
import java.util.Optional;

/**
 * How one target stands, as metrics show it.
 *
 * @param incident whether it has an open incident
 * @param heldFor the reason's label, if the open incident is not acted on now
 */
public record StandingRow(
    String target, int budgetLeft, Leave leave, boolean incident, Optional<String> heldFor) {

  /**
   * What keeps automatic action off it.
   *
   * @param quiet whether its quiet hours are now
   * @param waiting whether an attempt waits for approval
   */
  public record Leave(Mode mode, boolean paused, boolean quiet, boolean waiting) {}
}
