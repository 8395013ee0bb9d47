package dev.selfheal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.remedy.Drill;
import dev.selfheal.remedy.Drill.Verdict;
import dev.selfheal.remedy.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Freezes on purpose. */
abstract class DrillContract extends LedgerContract {

  private static final Duration MOST = Duration.ofMinutes(3);
  private static final Verdict PASSED = new Verdict(true, Duration.ofMillis(74_250), "healed");

  private long begun(String target) {
    return ledger.beginDrill(place(target), MOST, false).orElseThrow();
  }

  @Test
  void attemptsThatBeginDuringADrillBelongToItAndSpendBudget() {
    hear(firing("a", "1"));
    hear(firing("b", "2"));
    long drill = begun("a");
    long first = started("a");
    settle(first, Outcome.NOT_RECOVERED);
    after(LIMITS.cooldown());
    long second = started("a");
    settle(second, Outcome.RECOVERED);
    long elsewhere = started("b");
    reopen();
    assertThat(attempt(first).story().drill()).isEqualTo(drill);
    assertThat(attempt(second).story().drill()).isEqualTo(drill);
    assertThat(attempt(second).attempt().spends()).isTrue();
    assertThat(attempt(elsewhere).story().drill()).isZero();
  }

  @Test
  void whatBeginsAfterADrillIsNoneOfIt() {
    hear(firing("a", "1"));
    ledger.endDrill(begun("a"), PASSED);
    assertThat(attempt(started("a")).story().drill()).isZero();
  }

  @Test
  void aDrillThatNobodyEndsHasFailedWhenItIsDue() {
    hear(firing("a", "1"));
    long drill = begun("a");
    assertThat(last()).isEmpty();
    after(MOST);
    Drill.Ended end = last().orElseThrow();
    assertThat(end.at()).isEqualTo(START.plus(MOST));
    assertThat(end.verdict().passed()).isFalse();
    assertThat(end.verdict().took()).isEqualTo(MOST);
    assertThat(ledger.endDrill(drill, PASSED)).isFalse();
    assertThat(attempt(started("a")).story().drill()).isZero();
  }

  @Test
  void aDrillEndsOnceAndIsKept() {
    long drill = begun("a");
    after(Duration.ofSeconds(75));
    assertThat(ledger.endDrill(drill, PASSED)).isTrue();
    assertThat(ledger.endDrill(drill, new Verdict(false, MOST, "late"))).isFalse();
    assertThat(ledger.endDrill(drill + 1, PASSED)).isFalse();
    reopen();
    assertThat(last()).contains(new Drill.Ended(START.plusSeconds(75), PASSED));
  }

  @Test
  void oneTargetHasOneDrillAtATime() {
    long first = begun("a");
    assertThat(ledger.beginDrill(place("a"), MOST, false)).isEmpty();
    begun("b");
    ledger.endDrill(first, PASSED);
    long second = begun("a");
    assertThat(ledger.drills(new Query(place("a").actuator(), false, 10)))
        .extracting(entry -> entry.drill().id())
        .containsExactly(second, first);
    assertThat(ledger.drills(new Query(place("a").actuator(), true, 10)))
        .extracting(entry -> entry.drill().id())
        .containsExactly(second);
    assertThat(last()).map(Drill.Ended::verdict).contains(PASSED);
  }

  @Test
  void aDrillThatIsForcedEndsTheOneThatWasUnderWayAsFailed() {
    long first = begun("a");
    after(Duration.ofSeconds(30));
    long second = ledger.beginDrill(place("a"), MOST, true).orElseThrow();
    assertThat(second).isNotEqualTo(first);
    assertThat(last())
        .contains(
            new Drill.Ended(
                START.plusSeconds(30),
                new Verdict(false, Duration.ofSeconds(30), "another drill was begun")));
    assertThat(ledger.endDrill(first, PASSED)).isFalse();
    assertThat(ledger.endDrill(second, PASSED)).isTrue();
  }

  @Test
  void theLastDrillOfATargetIsNeverForgotten() {
    ledger.endDrill(begun("a"), PASSED);
    ledger.endDrill(begun("a"), PASSED);
    after(Duration.ofDays(400));
    assertThat(ledger.prune(Duration.ofDays(90))).isEqualTo(1);
    assertThat(ledger.lastDrills()).hasSize(1);
  }

  @Test
  void aDrillOfAClockThatWasAheadMarksNothingWhenTheClockIsRight() {
    ledger.endDrill(begun("a"), PASSED);
    long ahead = begunInDays(30);
    hear(firing("a", "1"));
    assertThat(attempt(started("a")).story().drill()).isZero();
    assertThat(ledger.drills(new Query(place("a").actuator(), true, 10))).isEmpty();
    assertThat(ledger.endDrill(ahead, PASSED)).isFalse();
    assertThat(last()).as("the one before").contains(new Drill.Ended(START, PASSED));
    assertThat(begun("a")).isGreaterThan(ahead);
  }

  @Test
  void aDrillOfAClockThatWasAheadDoesNotComeBackWithTheResume() {
    begunInDays(30);
    assertThat(ledger.resume(Ledger.EVERYTHING)).isEqualTo(1);
    hear(firing("a", "1"));
    assertThat(attempt(started("a")).story().drill()).as("mark").isZero();
    Drill.Ended end = last().orElseThrow();
    assertThat(end.at()).isBefore(clock.instant());
    assertThat(end.verdict().took()).isEqualTo(MOST);
    assertThat(ledger.resume(Ledger.EVERYTHING)).isZero();
  }

  @Test
  void theEndOfADrillOfAClockThatWasAheadIsOfNowAfterTheResume() {
    after(Duration.ofDays(300));
    ledger.endDrill(begun("a"), PASSED);
    after(Duration.ofDays(-300));
    ledger.resume(Ledger.EVERYTHING);
    assertThat(last()).contains(new Drill.Ended(START.minusMillis(1), PASSED));
  }

  @Test
  void aClockThatIsSetBackALittleEndsNoDrill() {
    long drill = begun("a");
    after(Duration.ofMinutes(-5));
    assertThat(ledger.beginDrill(place("a"), MOST, false)).isEmpty();
    assertThat(ledger.resume(Ledger.EVERYTHING)).isZero();
    assertThat(ledger.endDrill(drill, PASSED)).isTrue();
  }

  private long begunInDays(int days) {
    after(Duration.ofDays(days));
    long drill = begun("a");
    after(Duration.ofDays(-days));
    after(Duration.ofMinutes(10));
    return drill;
  }

  private Optional<Drill.Ended> last() {
    Instant now = clock.instant();
    return ledger.lastDrills().stream()
        .filter(entry -> entry.place().equals(place("a")))
        .findFirst()
        .flatMap(entry -> entry.drill().ended(now));
  }
}
