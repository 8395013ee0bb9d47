package dev.selfheal.config;

import java.time.Duration;
import java.util.List;

/**
 * When a restart is allowed.
 *
 * @param alerts the alert names that open an incident; at least one
 * @param budgets at least one, all of which must have room
 * @param cooldown from the end of the last attempt; 0s to 24h
 * @param settle how long an alert may go on firing after a proven recovery; above 0s
 * @param confirmAfter the age from which news is confirmed before it is acted on; above 0s
 */
public record PolicyConfig(
    List<String> alerts,
    List<BudgetConfig> budgets,
    Duration cooldown,
    Duration settle,
    Duration confirmAfter,
    FleetConfig fleet) {

  static final PolicyConfig DEFAULT =
      new PolicyConfig(
          List.of("OllamaFrozen"),
          List.of(
              new BudgetConfig(3, Duration.ofHours(1)), new BudgetConfig(7, Duration.ofHours(24))),
          Duration.ofSeconds(60),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          FleetConfig.DEFAULT);

  public PolicyConfig {
    alerts = List.copyOf(alerts);
    budgets = List.copyOf(budgets);
  }
}
