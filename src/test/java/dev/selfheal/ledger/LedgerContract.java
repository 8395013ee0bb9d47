package dev.selfheal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import dev.selfheal.ledger.ClaimRequest.Rules;
import dev.selfheal.ledger.ClaimRequest.Terms;
import dev.selfheal.ledger.Heard.Disposition;
import dev.selfheal.ledger.News.Place;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Confirmation;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Incident;
import dev.selfheal.remedy.Ladder;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Pair.Source;
import dev.selfheal.remedy.PolicyLimits;
import dev.selfheal.remedy.PolicyLimits.Budget;
import dev.selfheal.remedy.PolicyLimits.FleetLimit;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Situation.Question;
import dev.selfheal.remedy.Situation.Trigger;
import dev.selfheal.testkit.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every store of the ledger promises; this part holds the words that the tests speak in. */
abstract class LedgerContract {

  static final Instant START = Instant.parse("2026-11-01T10:00:00Z");
  static final Duration LIMIT = Duration.ofMinutes(13);
  static final Query ALL = new Query(null, false, 1000);
  static final Question UNANSWERED = new Question(Trigger.ALERT, Confirmation.UNKNOWN);
  static final Question STALLED = new Question(Trigger.ALERT, Confirmation.STALLED);
  static final Question OVER = new Question(Trigger.ALERT, Confirmation.OVER);
  static final Question APPROVAL = new Question(Trigger.APPROVAL, Confirmation.NOT_ASKED);

  static final PolicyLimits LIMITS =
      new PolicyLimits(
          List.of(new Budget(3, Duration.ofHours(1)), new Budget(7, Duration.ofHours(24))),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          new FleetLimit(10, 1, Duration.ofMinutes(10)));

  final SettableClock clock = new SettableClock(START);
  RemediationPolicy policy = new RemediationPolicy(LIMITS);
  Mode mode = Mode.ACT;
  Ladder ladder = Ladder.NONE;
  Ledger ledger;

  /** Opens the store under test, the same one each time. */
  abstract Ledger open(Clock time);

  @BeforeEach
  void openLedger() {
    ledger = open(clock);
  }

  @AfterEach
  void closeLedger() {
    ledger.close();
  }

  /** What is left after the receiver has ended and another has started. */
  void reopen() {
    ledger.close();
    ledger = open(clock);
  }

  void after(Duration time) {
    clock.advance(time);
  }

  static Place place(String target) {
    return new Place(target, "local/unit:" + target + ".service");
  }

  static News news(String target, String alert, AlertStatus status) {
    return new News(place(target), new AlertKey(alert, START), status, Source.ALERTMANAGER, null);
  }

  static News firing(String target, String alert) {
    return news(target, alert, AlertStatus.FIRING);
  }

  static News resolved(String target, String alert) {
    return news(target, alert, AlertStatus.RESOLVED);
  }

  Heard hear(News news) {
    return ledger.hear(List.of(news)).get(0);
  }

  Disposition disposition(News news) {
    return hear(news).disposition();
  }

  ClaimRequest request(String target, Question question) {
    return new ClaimRequest(
        place(target),
        new Rules(true, mode, 10, null, ladder),
        question,
        new Terms("receiver-1", LIMIT, "a note"));
  }

  Claim claim(String target) {
    return claim(target, Question.ROUTINE);
  }

  Claim claim(String target, Question question) {
    return ledger.claim(request(target, question), policy);
  }

  /** Claims a restart, and expects to get it. */
  long started(String target, Question question) {
    Claim claim = claim(target, question);
    assertThat(claim.decision()).isInstanceOf(Decision.Restart.class);
    return claim.attempt();
  }

  long started(String target) {
    return started(target, Question.ROUTINE);
  }

  void settle(long attempt, Outcome outcome) {
    assertThat(ledger.settle(attempt, Result.of(outcome, Reason.PROVEN), "report")).isTrue();
  }

  /** Tries and fails, then lets the cooldown pass. */
  void triesInVain(String target, Question question) {
    settle(started(target, question), Outcome.NOT_RECOVERED);
    after(LIMITS.cooldown());
  }

  Entry.OfIncident entry(long incident) {
    return ledger.incidents(ALL).stream()
        .filter(entry -> entry.incident().id() == incident)
        .findFirst()
        .orElseThrow();
  }

  Incident incident(long id) {
    return entry(id).incident();
  }

  Entry.OfAttempt attempt(long id) {
    return ledger.attempts(ALL).stream()
        .filter(entry -> entry.attempt().id() == id)
        .findFirst()
        .orElseThrow();
  }
}
