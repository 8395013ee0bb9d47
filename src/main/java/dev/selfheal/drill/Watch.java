package dev.selfheal.drill;

import java.util.Set;

/** Looks at one link of the chain again and again, while a freeze is being healed. */
interface Watch {

  /** The stages that are answered for here: who knows why they were not seen. */
  Set<Stage> stages();

  /** Looks once; what hinders it is kept for {@link #trouble}. */
  void look(Timeline timeline) throws InterruptedException;

  /**
   * Why its stages were not seen, as far as the last look tells: one line, empty if it does not.
   */
  String trouble();

  /** Whether the one that is looked at answered the last look. */
  default boolean answers() {
    return true;
  }

  /** Who should have brought its stages about, and what to do about it. */
  String mend();
}
