package dev.selfheal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import dev.selfheal.ledger.ClaimRequest.Rules;
import dev.selfheal.ledger.ClaimRequest.Terms;
import dev.selfheal.ledger.Heard.Disposition;
import dev.selfheal.ledger.News.Place;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Pair.Source;
import dev.selfheal.remedy.PolicyLimits;
import dev.selfheal.remedy.PolicyLimits.Budget;
import dev.selfheal.remedy.PolicyLimits.FleetLimit;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Situation.Question;
import dev.selfheal.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A receiver, its targets and the time that really passes, which its clock may lag behind. It keeps
 * its own list of what was started, and checks each start against it.
 */
final class LedgerWorld implements AutoCloseable {

  static final int TARGETS = 5;

  static final PolicyLimits LIMITS =
      new PolicyLimits(
          List.of(new Budget(2, Duration.ofMinutes(10)), new Budget(4, Duration.ofHours(1))),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          new FleetLimit(2, 0.6, Duration.ofMinutes(5)));

  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** One started attempt, in time as it really passed. */
  private static final class Start {
    private final int target;
    private final long attempt;
    private final Instant at;
    private @Nullable Instant ended;
    private boolean spends = true;
    private boolean unsighted;

    Start(int target, long attempt, Instant at) {
      this.target = target;
      this.attempt = attempt;
      this.at = at;
    }
  }

  private final Path file;
  private final RemediationPolicy policy = new RemediationPolicy(LIMITS);
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-01T10:00:00Z"));
  private final List<Start> starts = new ArrayList<>();
  private final Set<AlertKey> over = new HashSet<>();
  private Instant now = clock.instant();
  private Ledger ledger;

  LedgerWorld(Path file) {
    this.file = file;
    this.ledger = SqliteLedger.open(file, clock);
  }

  int starts() {
    return starts.size();
  }

  void hear(int target, int alert, AlertStatus status) {
    AlertKey key = new AlertKey(target + "-" + alert, Instant.EPOCH);
    News news = new News(place(target), key, status, Source.ALERTMANAGER, null);
    Disposition disposition = ledger.hear(List.of(news)).get(0).disposition();
    if (status == AlertStatus.RESOLVED) {
      over.add(key);
    } else {
      assertThat(disposition == Disposition.LATE).isEqualTo(over.contains(key));
    }
  }

  void claim(int target, Question question) {
    ClaimRequest request =
        new ClaimRequest(
            place(target),
            new Rules(true, Mode.ACT, TARGETS, null),
            question,
            new Terms("receiver", LIMIT, ""));
    Claim claim = ledger.claim(request, policy);
    if (claim.decision() instanceof Decision.Restart) {
      Start start = new Start(target, claim.attempt(), now);
      checkStart(start);
      starts.add(start);
    }
  }

  private void checkStart(Start start) {
    List<Start> ofTarget = starts.stream().filter(s -> s.target == start.target).toList();
    assertThat(ofTarget).as("attempts that nobody saw the end of").noneMatch(s -> s.unsighted);
    assertThat(ofTarget).as("cooldown").allMatch(s -> coolAt(s.ended));
    for (Budget budget : LIMITS.budgets()) {
      assertThat(ofTarget.stream().filter(s -> s.spends && within(s, budget.per())).count())
          .as("spent of the budget")
          .isLessThan(budget.max());
    }
    assertThat(starts.stream().filter(s -> s.ended == null).count())
        .as("attempts that run elsewhere")
        .isLessThan(LIMITS.fleet().maxConcurrent());
    assertThat(
            starts.stream()
                .filter(s -> s.target != start.target && s.spends)
                .filter(s -> within(s, LIMITS.fleet().per()))
                .map(s -> s.target)
                .distinct()
                .count())
        .as("other targets restarted lately")
        .isLessThan(LIMITS.fleet().distinct(TARGETS));
  }

  private boolean coolAt(@Nullable Instant ended) {
    return ended != null && !ended.plus(LIMITS.cooldown()).isAfter(now);
  }

  private boolean within(Start start, Duration window) {
    return start.at.isAfter(now.minus(window));
  }

  void settle(int target, Outcome outcome) {
    starts.stream()
        .filter(s -> s.target == target && s.ended == null)
        .findFirst()
        .ifPresent(
            start -> {
              Result result = Result.of(outcome, Reason.PROVEN);
              assertThat(ledger.settle(start.attempt, result, "")).isTrue();
              end(start, result.spends());
              start.unsighted = outcome == Outcome.ABANDONED;
            });
  }

  private void end(Start start, boolean spends) {
    start.ended = now;
    start.spends = spends;
  }

  void sweep() {
    endAll(ledger.settleOverdue());
  }

  /** The process ends without a word, and another begins. */
  void crash() {
    ledger.close();
    ledger = SqliteLedger.open(file, clock);
    endAll(ledger.settleOrphans());
    assertThat(starts).allMatch(start -> start.ended != null);
  }

  private void endAll(List<Entry.OfAttempt> abandoned) {
    abandoned.forEach(
        entry ->
            byNumber(entry.attempt().id())
                .ifPresent(
                    start -> {
                      end(start, true);
                      start.unsighted = true;
                    }));
  }

  /** Its host is looked at. */
  void sight(int target) {
    ledger.sighted(place(target).actuator(), "as the test says");
    starts.stream().filter(s -> s.target == target).forEach(s -> s.unsighted = false);
  }

  private Optional<Start> byNumber(long attempt) {
    return starts.stream().filter(start -> start.attempt == attempt).findFirst();
  }

  void resume() {
    ledger.resume(Ledger.EVERYTHING);
  }

  void pass(Duration time) {
    now = now.plus(time);
    clock.advance(time);
  }

  void setClockBack(Duration time) {
    clock.advance(time.negated());
  }

  /** What must hold whatever happened. */
  void check() {
    assertThat(ledger.openIncidents())
        .extracting(entry -> entry.place().actuator())
        .doesNotHaveDuplicates();
    assertThat(ledger.attempts(new Query(null, false, 1000)))
        .extracting(entry -> entry.attempt().id())
        .containsExactlyInAnyOrderElementsOf(starts.stream().map(s -> s.attempt).toList());
  }

  @Override
  public void close() {
    ledger.close();
  }

  private static Place place(int target) {
    return new Place("target-" + target, "local/unit:" + target + ".service");
  }
}
