package dev.selfheal.config;

import java.time.Duration;

/**
 * How long a restarted target has to prove that it works.
 *
 * @param timeout until the API must answer again; above 0s
 * @param loadTimeout what loading a model may take on top; above 0s
 */
public record RecoveryConfig(Duration timeout, Duration loadTimeout) {
  static final RecoveryConfig DEFAULT =
      new RecoveryConfig(Duration.ofMinutes(2), Duration.ofMinutes(10));
}
