package dev.selfheal.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.remedy.PolicyLimits.Budget;
import dev.selfheal.remedy.PolicyLimits.FleetLimit;
import dev.selfheal.remedy.World.Decided;
import dev.selfheal.remedy.World.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/**
 * What no history whatever may bring about, even when the clock is set back on the way. Shrinking
 * is off: with histories this long it takes minutes, and the seed brings the same one back.
 */
class RemediationPolicyProperties {

  private static final int TRIES = 200;

  /** The rarest reason, THREE_FAILURES, comes up 6 to 16 times in 200 histories: too few to bet. */
  private static final int ENOUGH_FOR_ALL = 2_000;

  private static final int LENGTH = 250;

  /** Holds that an event ends; their end is only when to look again. */
  private static final Set<Reason> ENDED_BY_EVENTS =
      EnumSet.of(Reason.ATTEMPT_RUNNING, Reason.FLEET_BUSY, Reason.UNCONFIRMED, Reason.CLOCK_AHEAD);

  private static final Set<Reason> REACHED =
      EnumSet.of(
          Reason.ALERT_FIRING,
          Reason.STILL_FIRING,
          Reason.REQUESTED,
          Reason.ATTEMPT_RUNNING,
          Reason.UNCONFIRMED,
          Reason.ESCALATED,
          Reason.COOLDOWN,
          Reason.BACKING_OFF,
          Reason.EXTERNAL_RESTART,
          Reason.DECAYING,
          Reason.FLEET_BUSY,
          Reason.FLEET_SHARE,
          Reason.BUDGET_SPENT,
          Reason.THREE_FAILURES,
          Reason.RESTART_REFUSED,
          Reason.CLOCK_AHEAD,
          Reason.NO_INCIDENT,
          Reason.ALERT_RESOLVED,
          Reason.RECOVERY_HELD,
          Reason.NOT_CONFIRMED,
          Reason.WITHDRAWN,
          Reason.MANUAL_ENDED);

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void noWindowHoldsMoreThanItsBudget(
      @ForAll("limits") PolicyLimits limits, @ForAll("histories") List<Step> steps) {
    World world = World.after(limits, Mode.ACT, steps);
    for (int target = 0; target < Step.TARGETS; target++) {
      assertWithinBudgets(limits, starts(world, target, Attempt::spends));
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void noWindowHoldsMoreObservedAttemptsThanItsBudget(
      @ForAll("limits") PolicyLimits limits, @ForAll("histories") List<Step> steps) {
    World world = World.after(limits, Mode.OBSERVE, steps);
    for (int target = 0; target < Step.TARGETS; target++) {
      List<Instant> starts = starts(world, target, attempt -> true);
      assertWithinBudgets(limits, starts);
      assertApart(limits.cooldown(), starts);
    }
    assertThat(world.decisions())
        .noneMatch(decided -> decided.decision() instanceof Decision.Escalate);
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void noTwoStartsAreCloserThanTheCooldown(
      @ForAll("limits") PolicyLimits limits, @ForAll("histories") List<Step> steps) {
    World world = World.after(limits, Mode.ACT, steps);
    for (int target = 0; target < Step.TARGETS; target++) {
      assertApart(limits.cooldown(), starts(world, target, attempt -> true));
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void noTargetHasTwoAttemptsAtOnceAndTheFleetNeverTooMany(
      @ForAll("limits") PolicyLimits limits, @ForAll("histories") List<Step> steps) {
    for (Decided decided : World.after(limits, Mode.ACT, steps).decisions()) {
      if (decided.decision() instanceof Decision.Restart) {
        Situation situation = decided.situation();
        assertThat(situation.history()).noneMatch(Attempt::running);
        assertThat(situation.fleet().starts().stream().filter(Fleet.Start::running).count())
            .isLessThan(limits.fleet().maxConcurrent());
      }
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void neverMoreThanTheShareOfTheFleetIsRestartedWithinItsWindow(
      @ForAll("limits") PolicyLimits limits, @ForAll("histories") List<Step> steps) {
    List<Row> spent =
        World.after(limits, Mode.ACT, steps).attempts().stream()
            .filter(row -> row.attempt().spends())
            .toList();
    for (Row last : spent) {
      Instant end = last.attempt().startedAt();
      Instant opens = end.minus(limits.fleet().per());
      long distinct =
          spent.stream()
              .filter(row -> isWithin(row.attempt().startedAt(), opens, end))
              .map(Row::target)
              .distinct()
              .count();
      assertThat(distinct).isLessThanOrEqualTo(limits.fleet().distinct(Step.TARGETS));
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void everyHoldEndsExactlyWhenItSays(
      @ForAll("limits") PolicyLimits limits,
      @ForAll("histories") List<Step> steps,
      @ForAll Mode mode) {
    Mode acting = mode == Mode.APPROVE ? Mode.ACT : mode;
    RemediationPolicy policy = new RemediationPolicy(limits);
    for (Decided decided : World.after(limits, acting, steps).decisions()) {
      if (decided.decision() instanceof Decision.Hold hold
          && !hold.until().equals(Decision.NO_END)) {
        assertEndsExactly(policy, decided, hold);
      }
    }
  }

  /** The properties above prove little unless the histories lead into every corner. */
  @Property(tries = ENOUGH_FOR_ALL, edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(StatisticsReportMode.OFF)
  void theHistoriesReachEveryReason(
      @ForAll("limits") PolicyLimits limits, @ForAll("histories") List<Step> steps) {
    for (Decided decided : World.after(limits, Mode.ACT, steps).decisions()) {
      Statistics.collect(decided.decision().reason());
    }
    Statistics.coverage(
        coverage -> REACHED.forEach(reason -> coverage.check(reason).count(n -> n > 0)));
  }

  private static void assertEndsExactly(
      RemediationPolicy policy, Decided decided, Decision.Hold hold) {
    assertThat(hold.until()).isAfter(decided.at());
    Decision before = policy.decide(decided.situation(), hold.until().minusMillis(1));
    assertThat(before).isNotInstanceOf(Decision.Restart.class);
    if (!before.reason().equals(hold.reason())) {
      assertThat(before.reason()).matches(RemediationPolicyProperties::comesWithTime);
    }
    if (!ENDED_BY_EVENTS.contains(hold.reason())) {
      Decision at = policy.decide(decided.situation(), hold.until());
      assertThat(at.reason()).isNotEqualTo(hold.reason());
    }
  }

  /** What time alone may bring forward while another hold lasts. */
  private static boolean comesWithTime(Reason reason) {
    return switch (reason) {
      case WITHDRAWN, UNCONFIRMED, NOT_CONFIRMED, RECOVERY_HELD -> true;
      case BUDGET_SPENT, THREE_FAILURES, RESTART_REFUSED, THREE_NOT_NEEDED -> true;
      default -> false;
    };
  }

  private static void assertWithinBudgets(PolicyLimits limits, List<Instant> starts) {
    for (Budget budget : limits.budgets()) {
      for (Instant end : starts) {
        Instant opens = end.minus(budget.per());
        assertThat(starts.stream().filter(start -> isWithin(start, opens, end)).count())
            .isLessThanOrEqualTo(budget.max());
      }
    }
  }

  private static void assertApart(Duration cooldown, List<Instant> starts) {
    List<Instant> sorted = new ArrayList<>(starts);
    sorted.sort(Instant::compareTo);
    for (int i = 1; i < sorted.size(); i++) {
      assertThat(Duration.between(sorted.get(i - 1), sorted.get(i)))
          .isGreaterThanOrEqualTo(cooldown);
    }
  }

  private static boolean isWithin(Instant start, Instant opens, Instant end) {
    return start.isAfter(opens) && !start.isAfter(end);
  }

  private static List<Instant> starts(World world, int target, Predicate<Attempt> counts) {
    return world.attempts().stream()
        .filter(row -> row.target() == target)
        .map(Row::attempt)
        .filter(counts)
        .map(Attempt::startedAt)
        .toList();
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    return Step.histories(LENGTH);
  }

  @Provide
  Arbitrary<PolicyLimits> limits() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(1, 8),
            Arbitraries.integers().between(0, 90),
            Arbitraries.integers().between(1, 3),
            Arbitraries.of(0.5, 0.75, 1.0),
            Arbitraries.integers().between(1, 10))
        .as(
            (fewer, more, cooldown, concurrent, share, minutes) ->
                new PolicyLimits(
                    List.of(
                        new Budget(fewer, Duration.ofMinutes(10)),
                        new Budget(more, Duration.ofMinutes(40))),
                    Duration.ofSeconds(cooldown),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    new FleetLimit(concurrent, share, Duration.ofMinutes(minutes))));
  }
}
