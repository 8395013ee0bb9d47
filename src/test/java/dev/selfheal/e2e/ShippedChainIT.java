package dev.selfheal.e2e;

import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.parallel.Execution;

/**
 * What the shipped configuration does over minutes. The scenes play side by side, as each waits
 * most of its time.
 */
class ShippedChainIT {

  @Nested
  @Execution(CONCURRENT)
  class HealsTheFrozen extends ShippedLoop {}

  @Nested
  @Execution(CONCURRENT)
  class ActsOnNoOldNews extends OldNews {}
}
