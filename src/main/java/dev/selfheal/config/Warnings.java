package dev.selfheal.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the operator of a valid configuration should know about it. */
final class Warnings {
  private Warnings() {}

  static List<Problem> of(Config config) {
    List<Problem> warnings = new ArrayList<>();
    if (config.alertmanagerUrl() == null) {
      warnings.add(
          new Problem(
              "alertmanager_url",
              "is not set: escalations reach only the journal, the metric and `selfheal status`;"
                  + " no human will be told"));
    }
    addMissingRole(config.auth(), warnings);
    addLongCooldown(config.policy(), warnings);
    addNeverAllowed(config.targets(), warnings);
    return warnings;
  }

  private static void addMissingRole(AuthConfig auth, List<Problem> warnings) {
    if (auth.isOpen()) {
      return;
    }
    if (!auth.hasSecretFor(Role.WEBHOOK)) {
      warnings.add(
          new Problem("auth", "no secret for the role webhook: nobody can deliver alerts"));
    }
    if (!auth.hasSecretFor(Role.OPERATOR)) {
      warnings.add(
          new Problem(
              "auth", "no secret for the role operator: nobody can pause, resume or restart"));
    }
  }

  private static void addNeverAllowed(List<TargetConfig> targets, List<Problem> warnings) {
    for (int i = 0; i < targets.size(); i++) {
      TargetConfig target = targets.get(i);
      if (target.permission().notDuring().coverTheWeek()) {
        warnings.add(
            new Problem(
                "targets[" + i + "].not_during",
                "covers the whole week, so " + target.name() + " is never restarted"));
      }
    }
  }

  private static void addLongCooldown(PolicyConfig policy, List<Problem> warnings) {
    for (BudgetConfig budget : policy.budgets()) {
      Duration window = budget.per();
      if (policy.cooldown().compareTo(window) > 0) {
        warnings.add(
            new Problem(
                "policy.cooldown",
                "is longer than a budget's window of "
                    + Durations.format(window)
                    + ", which can therefore never be used up"));
        return;
      }
    }
  }
}
