package dev.selfheal.exporter.detect;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a server is. */
public sealed interface Condition {

  /** No stall clock runs. */
  record Healthy() implements Condition {}

  /**
   * A stall clock runs. That alone is no freeze: only beyond its threshold.
   *
   * @param duration how long there has been demand without progress, as far as it was watched
   * @param threshold how long it may last as things are; null while no length of it would prove a
   *     freeze
   * @param runner whose clock it is; null for the server's own
   */
  record Stalled(
      Duration duration,
      @Nullable Duration threshold,
      StallReason reason,
      @Nullable RunnerId runner)
      implements Condition {

    /** Whether it has lasted longer than it may. */
    public boolean frozen() {
      return threshold != null && duration.compareTo(threshold) > 0;
    }
  }
}
