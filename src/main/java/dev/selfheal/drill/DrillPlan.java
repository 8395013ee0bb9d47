package dev.selfheal.drill;

import dev.selfheal.action.Freeze;
import dev.selfheal.remedy.Target;
import java.time.Duration;

/**
 * A wish for a drill.
 *
 * @param what is stopped
 * @param within the freeze must be healed; {@link #SHORTEST} to {@link #LONGEST}
 * @param force whether obstacles that a person may pass over are passed over
 */
public record DrillPlan(Target target, Freeze.What what, Duration within, boolean force) {

  /** Shorter ones say nothing: the exporter alone wants 30 s, as shipped. */
  public static final Duration SHORTEST = Duration.ofSeconds(15);

  /** A freeze ends by itself after an hour at the latest. */
  public static final Duration LONGEST = Duration.ofMinutes(55);

  /** What the timer on the host leaves beyond the limit. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  /** What is asked of the host. */
  Freeze freeze() {
    return new Freeze(what, within.plus(MARGIN));
  }
}
