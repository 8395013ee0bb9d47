package dev.selfheal.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads {@code policy}. */
final class PolicyReader {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** How long the ledger keeps attempts; no window may look further back. */
  private static final Duration RETENTION = Duration.ofDays(90);

  private static final int MOST_RESTARTS = 1000;

  /** A restart for it would be a restart for having restarted in vain. */
  private static final String OWN_ALERT = "OllamaRemediationFailed";

  static final Reader<PolicyConfig> READER = Section.reader(PolicyReader::policy);

  private PolicyReader() {}

  private static PolicyConfig policy(Section section) {
    PolicyConfig fallback = PolicyConfig.DEFAULT;
    return new PolicyConfig(
        section.get(
            "alerts",
            Reader.atLeastOne("alert name", Reader.listOf(alertName())),
            fallback.alerts()),
        section.get(
            "budgets",
            Reader.atLeastOne("budget", Reader.listOf(Section.reader(PolicyReader::budget))),
            fallback.budgets()),
        section.get("cooldown", Scalars.duration(Duration.ZERO, DAY), fallback.cooldown()),
        section.get("settle", Scalars.duration(SHORTEST, DAY), fallback.settle()),
        section.get("confirm_after", Scalars.duration(SHORTEST, DAY), fallback.confirmAfter()),
        section.get("fleet", Section.reader(PolicyReader::fleet), fallback.fleet()));
  }

  private static Reader<String> alertName() {
    return Scalars.parsed(
        "text",
        name ->
            name.equals(OWN_ALERT)
                ? Parsed.wrong("is what the receiver itself says when it gives up; take it out")
                : Parsed.of(name));
  }

  private static @Nullable BudgetConfig budget(Section section) {
    Integer max = section.require("max", Scalars.integer(1, MOST_RESTARTS));
    Duration per = section.require("per", Scalars.duration(SHORTEST, RETENTION));
    return max == null || per == null ? null : new BudgetConfig(max, per);
  }

  private static FleetConfig fleet(Section section) {
    FleetConfig fallback = FleetConfig.DEFAULT;
    return new FleetConfig(
        section.get("max_concurrent", Scalars.integer(1, MOST_RESTARTS), fallback.maxConcurrent()),
        section.get("max_share", Scalars.share(), fallback.maxShare()),
        section.get("per", Scalars.duration(SHORTEST, RETENTION), fallback.per()));
  }
}
