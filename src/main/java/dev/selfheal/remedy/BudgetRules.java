package dev.selfheal.remedy;

import dev.selfheal.remedy.PolicyLimits.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules that spread restarts of one target over time. */
final class BudgetRules {

  private static final List<Duration> BACK_OFF =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(5));

  private BudgetRules() {}

  /** A full budget ends automatic action, but only when a further restart is wanted. */
  static @Nullable Decision budget(Case c) {
    if (c.decaying()) {
      return null;
    }
    Optional<Instant> free =
        c.limits().budgets().stream()
            .flatMap(budget -> fullUntil(c, budget).stream())
            .max(Comparator.naturalOrder());
    return free.map(until -> RemediationPolicy.escalate(c, Reason.BUDGET_SPENT, until))
        .orElse(null);
  }

  /** Free places in the tightest budget, never below zero. */
  static int remaining(Case c) {
    return c.limits().budgets().stream()
        .mapToInt(budget -> Math.max(0, budget.max() - starts(c, budget).size()))
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  private static Optional<Instant> fullUntil(Case c, Budget budget) {
    List<Instant> starts = starts(c, budget);
    return starts.size() < budget.max()
        ? Optional.empty()
        : Optional.of(starts.get(starts.size() - budget.max()).plus(budget.per()));
  }

  /** Starts in the window that ends now, oldest first. The window's oldest instant is outside. */
  private static List<Instant> starts(Case c, Budget budget) {
    Instant opens = c.now().minus(budget.per());
    return c.counted()
        .filter(attempt -> c.observing() || attempt.spends())
        .map(Attempt::startedAt)
        .filter(opens::isBefore)
        .sorted()
        .toList();
  }

  /**
   * Every outcome starts the cooldown. An attempt that ended before it started shows that the clock
   * was set back meanwhile: the later time counts.
   */
  static @Nullable Decision cooldown(Case c) {
    return c.counted()
        .flatMap(a -> a.endedAt().stream().flatMap(end -> Stream.of(end, a.startedAt())))
        .max(Comparator.naturalOrder())
        .flatMap(end -> c.ends(end, c.limits().cooldown()))
        .map(until -> new Decision.Hold(until, Reason.COOLDOWN))
        .orElse(null);
  }

  /** A target that was found healthy is left alone for longer each time. */
  static @Nullable Decision backingOff(Case c) {
    int inARow = EscalationRules.foundHealthy(c);
    if (inARow == 0) {
      return null;
    }
    Duration wait = BACK_OFF.get(Math.min(inARow, BACK_OFF.size()) - 1);
    return c.endedOfIncident().stream()
        .flatMap(attempt -> attempt.endedAt().stream())
        .findFirst()
        .flatMap(end -> c.ends(end, wait))
        .map(until -> new Decision.Hold(until, Reason.BACKING_OFF))
        .orElse(null);
  }
}
