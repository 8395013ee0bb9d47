package dev.selfheal.action;

import dev.selfheal.remedy.Reason;
import java.util.Optional;

/**
 * Is asked right before an attempt touches its target: a minute may have passed since it was
 * written down, and somebody may have forbidden it meanwhile.
 */
@FunctionalInterface
public interface LastWord {

  /** Nobody objects. */
  LastWord NONE = Optional::empty;

  /**
   * Why it must not be done any more, which is a reason that {@linkplain Reason#holdsBack holds
   * back}; empty if it may be done. Takes seconds at most.
   */
  Optional<Reason> objection();
}
