package dev.selfheal.e2e;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.e2e.LedgerFile.Attempt;
import dev.selfheal.e2e.LedgerFile.Incident;
import dev.selfheal.e2e.LedgerFile.Pair;
import dev.selfheal.e2e.Storm.Alarm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** What must be true of a ledger and of the restarts that really happened, whatever was killed. */
record Verdict(LedgerFile ledger, StormyFleet fleet) {

  /**
   * Judges.
   *
   * @param told every alert that was answered 200, and when its end was told
   */
  void judge(Map<Alarm, Instant> told) throws IOException {
    everyAlertIsInAnIncidentThatOutlivedIt(told);
    incidentsOfATargetFollowOneAnother();
    everyRestartHasItsRow();
    attempts().forEach(Verdict::theCooldownHolds);
    attempts().forEach(Verdict::everyBudgetHolds);
    theFleetLimitsHold();
    theStormWasOne();
  }

  private void everyAlertIsInAnIncidentThatOutlivedIt(Map<Alarm, Instant> told) {
    told.forEach(
        (alarm, end) -> {
          Pair pair = pairOf(alarm);
          assertThat(pair.status()).as("the state of %s", alarm).isEqualTo("RESOLVED");
          Incident incident = incidentOf(pair);
          assertThat(incident.closing()).as("%s", incident).isIn("RESOLVED", "RECOVERED");
          assertThat(incident.closedAt().orElseThrow())
              .as("the end of %s, of which %s is part", incident, alarm)
              .isAfterOrEqualTo(end);
        });
  }

  private Pair pairOf(Alarm alarm) {
    return ledger.pairs().stream()
        .filter(pair -> pair.fingerprint().equals(alarm.fingerprint()))
        .filter(pair -> pair.startsAt().equals(alarm.startsAt()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("answered 200 and lost: " + alarm));
  }

  private Incident incidentOf(Pair pair) {
    return ledger.incidents().stream()
        .filter(incident -> incident.id() == pair.incident())
        .findFirst()
        .orElseThrow(() -> new AssertionError("without an incident: " + pair));
  }

  private void incidentsOfATargetFollowOneAnother() {
    byTarget(ledger.incidents(), Incident::target)
        .values()
        .forEach(
            rows -> {
              for (int i = 1; i < rows.size(); i++) {
                assertThat(rows.get(i).openedAt())
                    .as("%s after %s", rows.get(i), rows.get(i - 1))
                    .isAfterOrEqualTo(rows.get(i - 1).closedAt().orElseThrow());
              }
            });
  }

  /** The n-th restart of a target happened after its n-th attempt was written down. */
  private void everyRestartHasItsRow() throws IOException {
    fleet
        .restarts()
        .forEach(
            (target, times) -> {
              List<Attempt> rows = attempts().getOrDefault(target, List.of());
              for (int i = 0; i < times.size(); i++) {
                Instant time = times.get(i);
                assertThat(count(rows, row -> !row.startedAt().isAfter(time)))
                    .as("attempts of %s until its restart number %d at %s", target, i + 1, time)
                    .isGreaterThan(i);
              }
            });
  }

  private static void theCooldownHolds(String target, List<Attempt> rows) {
    for (int i = 1; i < rows.size(); i++) {
      assertThat(rows.get(i).startedAt())
          .as("the start of %s after %s", rows.get(i), rows.get(i - 1))
          .isAfterOrEqualTo(rows.get(i - 1).end().plus(StormyFleet.COOLDOWN));
    }
  }

  /** Every outcome that is possible here spends, so the ledger's own word on that is not asked. */
  private static void everyBudgetHolds(String target, List<Attempt> rows) {
    StormyFleet.BUDGETS.forEach(
        (window, max) ->
            assertThat(fullest(window, rows))
                .as("restarts of %s in some %s: %s", target, window, rows)
                .isLessThanOrEqualTo(max));
  }

  private void theFleetLimitsHold() {
    for (Attempt newest : ledger.attempts()) {
      Instant start = newest.startedAt();
      assertThat(
              count(
                  ledger.attempts(),
                  row -> !row.startedAt().isAfter(start) && row.end().isAfter(start)))
          .as("attempts that ran when %s began", newest)
          .isLessThanOrEqualTo(StormyFleet.CONCURRENT);
      assertThat(
              ledger.attempts().stream()
                  .filter(row -> startedWithin(StormyFleet.FLEET_WINDOW, row, newest))
                  .map(Attempt::target)
                  .distinct())
          .as("targets restarted shortly before %s", newest)
          .hasSizeLessThanOrEqualTo(StormyFleet.DISTINCT_IN_WINDOW);
    }
  }

  /** All of this would hold of a receiver that does nothing, or is never asked for more. */
  private void theStormWasOne() throws IOException {
    assertThat(fleet.restarts().keySet()).containsExactlyInAnyOrderElementsOf(fleet.targets());
    assertThat(ledger.attempts().stream().map(Attempt::outcome).distinct())
        .as("the outcomes of %s", ledger.attempts())
        .containsExactlyInAnyOrder("RECOVERED", "NOT_RECOVERED", "ABANDONED");
    // A machine under load restarts too slowly to fill the long budget as well.
    assertThat(StormyFleet.BUDGETS.entrySet())
        .as("budgets that one target has filled, with %s", ledger.attempts())
        .anyMatch(budget -> isFilled(budget.getKey(), budget.getValue()));
  }

  private boolean isFilled(Duration window, int max) {
    return attempts().values().stream().anyMatch(rows -> fullest(window, rows) == max);
  }

  private static long fullest(Duration window, List<Attempt> rows) {
    return rows.stream()
        .mapToLong(last -> count(rows, row -> startedWithin(window, row, last)))
        .max()
        .orElse(0);
  }

  private Map<String, List<Attempt>> attempts() {
    return byTarget(ledger.attempts(), Attempt::target);
  }

  private static <T> Map<String, List<T>> byTarget(List<T> rows, Function<T, String> target) {
    return rows.stream().collect(groupingBy(target));
  }

  private static boolean startedWithin(Duration window, Attempt row, Attempt last) {
    return row.startedAt().isAfter(last.startedAt().minus(window))
        && !row.startedAt().isAfter(last.startedAt());
  }

  private static long count(List<Attempt> rows, Predicate<Attempt> which) {
    return rows.stream().filter(which).count();
  }
}
