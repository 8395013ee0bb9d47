package dev.selfheal.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.remedy.PolicyLimits.Budget;
import dev.selfheal.remedy.PolicyLimits.FleetLimit;
import dev.selfheal.remedy.World.Decided;
import dev.selfheal.remedy.World.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/** What no history whatever may have a ladder do. */
class LadderProperties {
  private static final int TRIES = 300;
  private static final int LENGTH = 250;

  private static final PolicyLimits LIMITS =
      new PolicyLimits(
          List.of(new Budget(4, Duration.ofMinutes(10)), new Budget(8, Duration.ofMinutes(40))),
          Duration.ofSeconds(10),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          new FleetLimit(2, 1.0, Duration.ofMinutes(1)));

  /** Counted from the rows of the test's own world, without the rules' own words. */
  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  @StatisticsReport(StatisticsReportMode.OFF)
  void noStepIsTakenBeforeAWeakerActionOfItsIncidentHasFailed(
      @ForAll("ladders") Ladder ladder, @ForAll("histories") List<Step> steps) {
    for (Decided decided : World.after(LIMITS, Mode.ACT, ladder, steps).decisions()) {
      if (decided.decision() instanceof Decision.Restart restart) {
        Statistics.collect(restart.action());
        if (restart.action() != Action.RESTART) {
          assertThat(ladder.steps()).contains(restart.action());
          assertThat(decided.situation().history())
              .anyMatch(a -> weakerThatFailed(a, decided, restart.action()));
        }
      }
    }
    Statistics.coverage(
        coverage -> {
          coverage.check(Action.KILL).count(n -> n > 0);
          coverage.check(Action.COMMAND).count(n -> n > 0);
        });
  }

  private static boolean weakerThatFailed(Attempt attempt, Decided decided, Action step) {
    List<Action> order = decided.situation().standing().ladder().steps();
    Incident incident = decided.situation().incident().orElseThrow();
    Instant resumed = incident.marks().resumedAtOrNull();
    return attempt.incident() == incident.id()
        && attempt.endedWith(Outcome.NOT_RECOVERED)
        && (resumed == null || !attempt.startedAt().isBefore(resumed))
        && order.indexOf(attempt.action()) < order.indexOf(step);
  }

  /** A row of failures is never longer than three, so neither is that of its steps. */
  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void noStepIsTakenTwiceInARowOfFailures(
      @ForAll("ladders") Ladder ladder, @ForAll("histories") List<Step> steps) {
    for (Decided decided : World.after(LIMITS, Mode.ACT, ladder, steps).decisions()) {
      if (decided.decision() instanceof Decision.Restart restart
          && restart.action() != Action.RESTART) {
        long incident = decided.situation().incident().orElseThrow().id();
        assertThat(
                decided.situation().history().stream()
                    .filter(a -> a.incident() == incident)
                    .takeWhile(a -> a.result().filter(r -> r.outcome().failed()).isPresent())
                    .filter(a -> !resumedSince(a, decided))
                    .map(Attempt::action))
            .doesNotContain(restart.action());
      }
    }
  }

  private static boolean resumedSince(Attempt attempt, Decided decided) {
    Instant resumed = decided.situation().incident().orElseThrow().marks().resumedAtOrNull();
    return resumed != null && attempt.startedAt().isBefore(resumed);
  }

  /** What is done changes nothing about whether it is done. */
  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void aLadderChangesNothingAboutWhenAnAttemptIsMade(
      @ForAll("ladders") Ladder ladder, @ForAll("histories") List<Step> steps) {
    World with = World.after(LIMITS, Mode.ACT, ladder, steps);
    World without = World.after(LIMITS, Mode.ACT, steps);
    assertThat(times(with)).isEqualTo(times(without));
    assertThat(with.decisions())
        .extracting(d -> d.decision().reason())
        .hasSameElementsAs(without.decisions().stream().map(d -> d.decision().reason()).toList());
  }

  private static List<Instant> times(World world) {
    return world.attempts().stream().map(Row::attempt).map(Attempt::startedAt).toList();
  }

  @Provide
  Arbitrary<Ladder> ladders() {
    return Arbitraries.of(
            List.of(Action.KILL),
            List.of(Action.KILL, Action.COMMAND),
            List.of(Action.COMMAND, Action.KILL))
        .map(steps -> new Ladder(steps, List.of("reload")));
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    return Step.histories(LENGTH);
  }
}
