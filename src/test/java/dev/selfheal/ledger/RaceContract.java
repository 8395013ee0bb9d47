package dev.selfheal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.ledger.Heard.Disposition;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.PolicyLimits;
import dev.selfheal.remedy.PolicyLimits.FleetLimit;
import dev.selfheal.remedy.RemediationPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds when many threads use one ledger at once. */
abstract class RaceContract extends LedgerContract {

  private static final int THREADS = 16;
  private static final List<String> TARGETS = List.of("a", "b", "c", "d", "e");

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  /** Does the same in all threads at the same moment, and returns what each got. */
  private <T> List<T> together(IntFunction<T> work) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(THREADS);
    List<Callable<T>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      calls.add(
          () -> {
            barrier.await();
            return work.apply(number);
          });
    }
    List<T> results = new ArrayList<>();
    for (Future<T> future : threads.invokeAll(calls)) {
      results.add(future.get());
    }
    return results;
  }

  @Test
  void oneOfManyClaimsOnATargetStartsAnAttempt() throws Exception {
    for (int round = 0; round < 25; round++) {
      hear(firing("a", "alert-" + round));
      List<Claim> won = together(i -> claim("a")).stream().filter(this::restarts).toList();
      assertThat(won).hasSize(1);
      settle(won.get(0).attempt(), Outcome.NOT_NEEDED);
      hear(resolved("a", "alert-" + round));
      claim("a");
      after(Duration.ofMinutes(5));
    }
    assertThat(ledger.attempts(ALL)).hasSize(25);
  }

  @Test
  void claimsOnManyTargetsNeverPassTheFleetsLimit() throws Exception {
    policy =
        new RemediationPolicy(
            new PolicyLimits(
                List.of(),
                LIMITS.cooldown(),
                LIMITS.settle(),
                LIMITS.confirmAfter(),
                new FleetLimit(3, 1, Duration.ofMinutes(10))));
    for (int round = 0; round < 6; round++) {
      int number = round;
      TARGETS.forEach(target -> hear(firing(target, target + number)));
      List<Claim> won =
          together(this::claimsAll).stream().flatMap(s -> s).filter(this::restarts).toList();
      assertThat(won).hasSize(3);
      assertThat(ledger.attempts(new Query(null, true, 99)))
          .extracting(Entry.OfAttempt::place)
          .hasSize(3)
          .doesNotHaveDuplicates();
      won.forEach(claim -> settle(claim.attempt(), Outcome.NOT_NEEDED));
      TARGETS.forEach(target -> hear(resolved(target, target + number)));
      TARGETS.forEach(this::claim);
      after(Duration.ofMinutes(5));
    }
  }

  private Stream<Claim> claimsAll(int thread) {
    return Stream.of(0, 1, 2, 3, 4)
        .map(step -> claim(TARGETS.get((thread + step) % TARGETS.size())))
        .toList()
        .stream();
  }

  private boolean restarts(Claim claim) {
    return claim.decision() instanceof Decision.Restart;
  }

  @Test
  void newsHeardAtOnceOpenOneIncidentEachTargetAndAreAllKept() throws Exception {
    int news = 20;
    List<List<Heard>> heard =
        together(
            thread -> {
              List<Heard> answers = new ArrayList<>();
              for (int i = 0; i < news; i++) {
                answers.addAll(
                    ledger.hear(
                        List.of(
                            firing(TARGETS.get(i % 5), thread + "-" + i),
                            resolved("z", thread + "-z-" + i))));
              }
              return answers;
            });
    assertThat(heard).allSatisfy(answers -> assertThat(answers).hasSize(2 * news));
    assertThat(heard.stream().flatMap(List::stream).map(Heard::disposition))
        .filteredOn(Disposition.OPENED::equals)
        .hasSize(TARGETS.size());
    reopen();
    assertThat(ledger.openIncidents()).hasSize(TARGETS.size());
    assertThat(ledger.openIncidents().stream().mapToInt(e -> e.alerts().all()).sum())
        .isEqualTo(THREADS * news);
  }
}
