package dev.selfheal.config;

import java.time.Duration;

/**
 * How a restart is called off, and how long a restarted target has to prove that it works.
 *
 * @param recheck the time for the second look before the act; above 0s, at most 5s
 * @param timeout until it must compute again; above 0s
 * @param loadTimeout what loading a model may take on top; above 0s
 * @param canary whether a model may be asked for a token
 */
public record RecoveryConfig(
    Duration recheck, Duration timeout, Duration loadTimeout, boolean canary) {
  static final RecoveryConfig DEFAULT =
      new RecoveryConfig(
          Duration.ofSeconds(3), Duration.ofMinutes(2), Duration.ofMinutes(10), true);
}
