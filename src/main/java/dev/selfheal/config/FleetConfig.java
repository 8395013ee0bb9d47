package dev.selfheal.config;

import java.time.Duration;

/**
 * How much of the fleet may be restarted at once.
 *
 * @param maxConcurrent attempts that may run at the same time; at least 1
 * @param maxShare share of all targets that may be restarted within {@code per}; above 0, at most 1
 * @param per the sliding window of {@code maxShare}
 */
public record FleetConfig(int maxConcurrent, double maxShare, Duration per) {
  static final FleetConfig DEFAULT = new FleetConfig(1, 0.34, Duration.ofMinutes(10));
}
