package dev.selfheal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.ledger.Heard.Disposition;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Situation.Question;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be read, and for how long. */
abstract class RecordsContract extends LedgerContract {

  private static final Duration RETENTION = Duration.ofDays(90);
  private static final Duration DAY = Duration.ofDays(1);

  /** An incident that is over, with one attempt and a remark on it. */
  private long pastIncident(String target, String alert) {
    long incident = hear(firing(target, alert)).incident();
    long attempt = started(target);
    settle(attempt, Outcome.NOT_RECOVERED);
    ledger.remark(attempt, "late");
    hear(resolved(target, alert));
    claim(target);
    return incident;
  }

  @Test
  void listsAreNewestFirstAndBounded() {
    long first = pastIncident("a", "1");
    after(Duration.ofMinutes(1));
    long second = pastIncident("b", "2");
    after(Duration.ofMinutes(-1));
    long third = hear(firing("a", "3")).incident();
    assertThat(ledger.incidents(ALL)).extracting(this::id).containsExactly(third, second, first);
    assertThat(ledger.incidents(new Query(null, false, 2)))
        .extracting(this::id)
        .containsExactly(third, second);
    assertThat(ledger.incidents(new Query(place("a").actuator(), false, 9)))
        .extracting(this::id)
        .containsExactly(third, first);
    assertThat(ledger.incidents(new Query(null, true, 9)))
        .extracting(this::id)
        .containsExactly(third);
    assertThat(ledger.attempts(ALL))
        .extracting(entry -> entry.attempt().incident())
        .containsExactly(second, first);
    assertThat(ledger.attempts(new Query(null, true, 9))).isEmpty();
    assertThatThrownBy(() -> new Query(null, false, 1001)).hasMessageContaining("1000");
  }

  private long id(Entry.OfIncident entry) {
    return entry.incident().id();
  }

  @Test
  void openIncidentsAreOldestFirst() {
    hear(firing("b", "1"));
    after(Duration.ofSeconds(1));
    hear(firing("a", "2"));
    assertThat(ledger.openIncidents())
        .extracting(Entry.OfIncident::place)
        .containsExactly(place("b"), place("a"));
  }

  @Test
  void whatEndedLongAgoGoes() {
    pastIncident("a", "1");
    hear(resolved("a", "never fired"));
    ledger.hearProbe("nonce");
    after(RETENTION);
    assertThat(ledger.prune(RETENTION)).isZero();
    after(Duration.ofMillis(1));
    // An incident, its pair, its attempt and the remark; a pair on its own; a probe.
    assertThat(ledger.prune(RETENTION)).isEqualTo(6);
    assertThat(ledger.incidents(ALL)).isEmpty();
    assertThat(ledger.attempts(ALL)).isEmpty();
    assertThat(ledger.prune(RETENTION)).isZero();
  }

  @Test
  void numbersAreNotUsedAgain() {
    long before = pastIncident("a", "1");
    after(RETENTION.plus(DAY));
    ledger.prune(RETENTION);
    assertThat(hear(firing("a", "2")).incident()).isGreaterThan(before);
  }

  @Test
  void whatAnOpenIncidentNeedsStays() {
    long incident = hear(firing("a", "1")).incident();
    hear(firing("a", "2"));
    hear(resolved("a", "2"));
    triesInVain("a", Question.ROUTINE);
    after(RETENTION.plus(DAY));
    assertThat(ledger.prune(RETENTION)).isZero();
    assertThat(incident(incident).pairs()).hasSize(2);
    assertThat(ledger.attempts(ALL)).hasSize(1);
    assertThat(hear(firing("a", "2")).disposition()).isEqualTo(Disposition.LATE);
  }

  @Test
  void whatABudgetCountsStays() {
    pastIncident("a", "1");
    after(DAY.minusMinutes(1));
    assertThat(ledger.prune(DAY)).isZero();
    assertThat(ledger.situation(request("a", Question.ROUTINE), policy).history()).hasSize(1);
  }

  @Test
  void anIncidentThatClosedRecentlyKeepsItsOldAttempts() {
    hear(firing("a", "1"));
    settle(started("a"), Outcome.NOT_RECOVERED);
    after(RETENTION.plus(DAY));
    hear(resolved("a", "1"));
    claim("a");
    assertThat(ledger.prune(RETENTION)).isZero();
    assertThat(hear(firing("a", "1")).disposition()).isEqualTo(Disposition.LATE);
  }

  @Test
  void aProbeIsRememberedFromItsFirstArrival() {
    assertThat(ledger.probe("nonce")).isEmpty();
    ledger.hearProbe("nonce");
    after(Duration.ofSeconds(1));
    ledger.hearProbe("nonce");
    assertThat(ledger.probe("nonce")).contains(START);
    assertThat(ledger.probe("other")).isEmpty();
  }

  @Test
  void aCheckWritesAndLeavesNoTraceInTheRecords() {
    ledger.check();
    assertThat(List.of(ledger.incidents(ALL), ledger.attempts(ALL))).allMatch(List::isEmpty);
  }
}
