package dev.selfheal.e2e;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.e2e.LedgerFile.Attempt;
import dev.selfheal.e2e.LedgerFile.Incident;
import dev.selfheal.e2e.LedgerFile.Pair;
import dev.selfheal.e2e.Storm.Alarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The soak test is worth what its verdict can find. */
class VerdictTest {
  private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
  private static final String FIRST = "gpu-1";

  @TempDir private Path folder;

  private final List<Pair> pairs = new ArrayList<>();
  private final List<Incident> incidents = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final Map<Alarm, Instant> told = new HashMap<>();

  /** An incident of each target, ten seconds apart, and then one target that fills its budgets. */
  @BeforeEach
  void aGoodRun() {
    int second = 0;
    for (String target : fleet().targets()) {
      incident(target, second, second + 5);
      attempt(target, second * 1_000, second == 0 ? "ABANDONED" : outcome(second));
      log.add(target + " " + at(second * 1_000 + 50).toEpochMilli());
      second += 10;
    }
    for (int pair = 100; pair < 160; pair += 20) {
      attempt(FIRST, pair * 1_000, "RECOVERED");
      attempt(FIRST, (pair + 8) * 1_000, "RECOVERED");
    }
  }

  @Test
  void aGoodRunPasses() throws IOException {
    judge();
  }

  @Test
  void findsALostAlert() {
    told.put(new Alarm(FIRST, at(99_000)), at(99_500));
    assertFound("answered 200 and lost");
  }

  @Test
  void findsAnAlertWithoutAnIncident() {
    pairs.set(0, new Pair(pairs.get(0).fingerprint(), pairs.get(0).startsAt(), "RESOLVED", 0));
    assertFound("without an incident");
  }

  @Test
  void findsALostResolve() {
    pairs.set(0, new Pair(pairs.get(0).fingerprint(), pairs.get(0).startsAt(), "FIRING", 1));
    assertFound("the state of");
  }

  @Test
  void findsAnIncidentThatWasClosedWhileItsAlertFired() {
    incidents.set(0, new Incident(1, FIRST, "RESOLVED", at(0), at(4_999)));
    assertFound("the end of");
  }

  @Test
  void findsAnIncidentThatWasGivenUp() {
    incidents.set(0, new Incident(1, FIRST, "EXPIRED", at(0), at(5_000)));
    assertFound("EXPIRED");
  }

  @Test
  void findsTwoOpenIncidentsOfOneTarget() {
    incidents.add(new Incident(99, FIRST, "RESOLVED", at(4_999), at(6_000)));
    assertFound("after Incident");
  }

  @Test
  void findsARestartBeforeItsRow() {
    log.set(0, FIRST + " " + at(-1).toEpochMilli());
    assertFound("its restart number 1");
  }

  @Test
  void findsASecondRestartOfOneAttempt() {
    log.add(FIRST + " " + at(60).toEpochMilli());
    assertFound("its restart number 2");
  }

  @Test
  void findsAStartWithinTheCooldown() {
    attempt(FIRST, 100 + 699, "RECOVERED");
    assertFound("the start of");
  }

  @Test
  void findsARestartTooManyInAWindow() {
    attempt("gpu-2", 12_000, "RECOVERED");
    attempt("gpu-2", 14_000, "RECOVERED");
    assertFound("restarts of gpu-2 in some PT15S");
  }

  @Test
  void findsThatNoBudgetWasEverFull() {
    attempts.removeIf(each -> each.startedAt().isAfter(at(99_000)));
    assertFound("budgets that one target has filled");
  }

  @Test
  void findsTooManyAttemptsAtOnce() {
    attempt("gpu-2", 30, "RECOVERED");
    attempt("gpu-3", 60, "RECOVERED");
    assertFound("attempts that ran");
  }

  @Test
  void findsTooManyTargetsInAShortTime() {
    attempt("gpu-2", 500, "RECOVERED");
    attempt("gpu-3", 1_000, "RECOVERED");
    attempt("gpu-4", 1_999, "RECOVERED");
    assertFound("targets restarted shortly before");
  }

  @Test
  void findsThatNothingWasAbandoned() {
    attempts.replaceAll(
        each -> new Attempt(each.target(), "RECOVERED", each.startedAt(), each.end()));
    assertFound("ABANDONED");
  }

  private void incident(String target, int second, int end) {
    long id = incidents.size() + 1L;
    Alarm alarm = new Alarm(target, at(second * 1_000));
    incidents.add(new Incident(id, target, "RECOVERED", alarm.startsAt(), at(end * 1_000)));
    pairs.add(new Pair(alarm.fingerprint(), alarm.startsAt(), "RESOLVED", id));
    told.put(alarm, at(end * 1_000));
  }

  /** An attempt that takes 100 ms. */
  private void attempt(String target, int millis, String outcome) {
    attempts.add(new Attempt(target, outcome, at(millis), at(millis + 100)));
    attempts.sort(java.util.Comparator.comparing(Attempt::startedAt));
  }

  private static String outcome(int second) {
    return second % 20 == 0 ? "RECOVERED" : "NOT_RECOVERED";
  }

  private static Instant at(int millis) {
    return START.plus(Duration.ofMillis(millis));
  }

  private StormyFleet fleet() {
    return new StormyFleet(folder.resolve("restarts.log"));
  }

  private void assertFound(String complaint) {
    assertThatThrownBy(this::judge)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(complaint);
  }

  private void judge() throws IOException {
    Files.write(folder.resolve("restarts.log"), log);
    new Verdict(new LedgerFile(pairs, incidents, attempts), fleet()).judge(told);
  }
}
