package dev.selfheal.ledger;

import static dev.selfheal.ledger.Heard.Disposition.JOINED;
import static dev.selfheal.ledger.Heard.Disposition.LATE;
import static dev.selfheal.ledger.Heard.Disposition.OPENED;
import static dev.selfheal.ledger.Heard.Disposition.REPEATED;
import static dev.selfheal.ledger.Heard.Disposition.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import dev.selfheal.ledger.ClaimRequest.Rules;
import dev.selfheal.ledger.ClaimRequest.Terms;
import dev.selfheal.ledger.Entry.Tally;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Pair;
import dev.selfheal.remedy.Pair.Source;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.Situation.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of news. */
abstract class HearingContract extends LedgerContract {

  @Test
  void aFiringPairOpensAnIncidentThatOutlivesTheReceiver() {
    Heard heard = hear(firing("a", "1"));
    reopen();
    assertThat(heard.disposition()).isEqualTo(OPENED);
    assertThat(ledger.openIncidents())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.place()).isEqualTo(place("a"));
              assertThat(entry.closed()).isEmpty();
              assertThat(entry.incident().id()).isEqualTo(heard.incident());
              assertThat(entry.incident().openedAt()).isEqualTo(START);
              assertThat(entry.incident().pairs())
                  .containsExactly(
                      new Pair(
                          new AlertKey("1", START),
                          Source.ALERTMANAGER,
                          Pair.Status.FIRING,
                          START,
                          START,
                          null));
            });
  }

  @Test
  void aSecondPairOfTheTargetJoinsItsIncident() {
    Heard first = hear(firing("a", "1"));
    assertThat(hear(firing("a", "2"))).isEqualTo(new Heard(first.incident(), JOINED));
    assertThat(disposition(firing("b", "3"))).isEqualTo(OPENED);
    assertThat(incident(first.incident()).pairs()).hasSize(2);
  }

  @Test
  void anIncidentKeepsABoundedNumberOfAlertsWhileOneOfThemFires() {
    List<News> storm =
        IntStream.range(0, Crowd.MOST + 50).mapToObj(i -> firing("a", "s" + i)).toList();
    List<Heard> heard = ledger.hear(storm);
    long incident = heard.get(0).incident();
    assertThat(heard).hasSize(storm.size()).allMatch(each -> each.incident() == incident);
    assertThat(entry(incident).alerts()).isEqualTo(new Tally(Crowd.MOST, Crowd.MOST));
    assertThat(incident(incident).pairs()).hasSize(Entry.MOST_ALERTS);
    assertThat(hear(firing("a", "one more"))).isEqualTo(new Heard(incident, JOINED));
    assertThat(entry(incident).alerts().all()).isEqualTo(Crowd.MOST);
    assertThat(disposition(firing("b", "elsewhere"))).isEqualTo(OPENED);
  }

  @Test
  void aCrowdedIncidentTakesTheNextAlertOnceNoneOfItsOwnFires() {
    List<News> storm = IntStream.range(0, Crowd.MOST).mapToObj(i -> firing("a", "s" + i)).toList();
    long incident = ledger.hear(storm).get(0).incident();
    ledger.hear(IntStream.range(0, Crowd.MOST).mapToObj(i -> resolved("a", "s" + i)).toList());
    assertThat(hear(firing("a", "another"))).isEqualTo(new Heard(incident, JOINED));
    assertThat(entry(incident).alerts()).isEqualTo(new Tally(Crowd.MOST + 1, 1));
    assertThat(incident(incident).pairs().get(0).key().fingerprint()).isEqualTo("another");
  }

  @Test
  void aRepeatIsNotedWithItsTime() {
    Heard first = hear(firing("a", "1"));
    after(Duration.ofHours(4));
    assertThat(hear(firing("a", "1"))).isEqualTo(new Heard(first.incident(), REPEATED));
    Pair pair = incident(first.incident()).pairs().get(0);
    assertThat(pair.firstHeard()).isEqualTo(START);
    assertThat(pair.lastHeard()).isEqualTo(START.plus(Duration.ofHours(4)));
  }

  @Test
  void aResolveEndsThePairAndNotYetTheIncident() {
    long incident = hear(firing("a", "1")).incident();
    after(Duration.ofMinutes(1));
    assertThat(hear(resolved("a", "1"))).isEqualTo(new Heard(incident, RESOLVED));
    assertThat(incident(incident).firing(clock.instant())).isEmpty();
    assertThat(incident(incident).lastHeard(clock.instant())).isEqualTo(START);
    assertThat(ledger.openIncidents()).hasSize(1);
  }

  @Test
  void aPairResolvedBeforeItFiredOpensNothingEver() {
    assertThat(hear(resolved("a", "1"))).isEqualTo(new Heard(0, RESOLVED));
    reopen();
    after(Duration.ofHours(1));
    assertThat(hear(firing("a", "1"))).isEqualTo(new Heard(0, LATE));
    assertThat(ledger.incidents(ALL)).isEmpty();
  }

  @Test
  void aPairOnceSeenResolvedNeverReopens() {
    hear(firing("a", "1"));
    hear(resolved("a", "1"));
    assertThat(disposition(firing("a", "1"))).isEqualTo(LATE);
    claim("a");
    assertThat(disposition(firing("a", "1"))).isEqualTo(LATE);
    assertThat(disposition(resolved("a", "1"))).isEqualTo(RESOLVED);
    assertThat(ledger.openIncidents()).isEmpty();
  }

  @Test
  void theSameLabelsThatFireAgainLaterAreAnotherPair() {
    hear(firing("a", "1"));
    hear(resolved("a", "1"));
    AlertKey later = new AlertKey("1", START.plusSeconds(1));
    News again = new News(place("a"), later, AlertStatus.FIRING, Source.ALERTMANAGER, null);
    assertThat(disposition(again)).isEqualTo(JOINED);
  }

  @Test
  void aPairThatOutlivedItsProvenRecoveryIsSuspect() {
    hear(firing("a", "1"));
    settle(started("a"), Outcome.RECOVERED);
    after(LIMITS.settle());
    assertThat(claim("a", OVER).decision()).isEqualTo(new Decision.Nothing(Reason.RECOVERY_HELD));
    Heard again = hear(firing("a", "1"));
    assertThat(again.disposition()).isEqualTo(OPENED);
    assertThat(incident(again.incident()).marks().confirmAlways()).isTrue();
  }

  @Test
  void aPairThatOutlivedItsProvenRecoveryStaysSuspectWhenItsNextIncidentExpires() {
    hear(firing("a", "1"));
    settle(started("a"), Outcome.RECOVERED);
    after(LIMITS.settle());
    claim("a", OVER);
    hear(firing("a", "1"));
    assertThat(claim("a", OVER).decision()).isEqualTo(new Decision.Nothing(Reason.NOT_CONFIRMED));
    assertThat(disposition(firing("a", "1"))).isEqualTo(OPENED);
    assertThat(claim("a").decision().reason()).isEqualTo(Reason.UNCONFIRMED);
    started("a", STALLED);
  }

  @Test
  void aPairWhoseTargetWasRemovedWhileItDecayedIsSuspectWhenTheTargetIsBack() {
    hear(firing("a", "1"));
    settle(started("a"), Outcome.RECOVERED);
    after(LIMITS.cooldown());
    ClaimRequest removed =
        new ClaimRequest(
            place("a"),
            new Rules(false, mode, 10, null),
            Question.ROUTINE,
            new Terms("receiver-1", LIMIT, ""));
    assertThat(ledger.claim(removed, policy).decision())
        .isEqualTo(new Decision.Nothing(Reason.TARGET_REMOVED));
    assertThat(disposition(firing("a", "1"))).isEqualTo(OPENED);
    assertThat(claim("a").decision().reason()).isEqualTo(Reason.UNCONFIRMED);
  }

  @Test
  void aPairThatOutlivedItsProvenRecoveryMakesTheIncidentItJoinsSuspect() {
    hear(firing("a", "1"));
    settle(started("a"), Outcome.RECOVERED);
    after(LIMITS.settle());
    claim("a", OVER);
    Heard another = hear(firing("a", "2"));
    assertThat(incident(another.incident()).marks().confirmAlways()).isFalse();
    assertThat(hear(firing("a", "1"))).isEqualTo(new Heard(another.incident(), JOINED));
    hear(resolved("a", "2"));
    assertThat(claim("a").decision().reason()).isEqualTo(Reason.UNCONFIRMED);
  }

  @Test
  void aPairWhoseIncidentExpiredIsNot() {
    hear(firing("a", "1"));
    after(LIMITS.confirmAfter().plusSeconds(1));
    assertThat(claim("a", OVER).decision()).isEqualTo(new Decision.Nothing(Reason.NOT_CONFIRMED));
    Heard again = hear(firing("a", "1"));
    assertThat(again.disposition()).isEqualTo(OPENED);
    assertThat(incident(again.incident()).marks().confirmAlways()).isFalse();
  }

  @Test
  void answersComeInTheOrderOfTheNews() {
    List<News> news =
        List.of(firing("a", "1"), firing("a", "1"), firing("a", "2"), resolved("b", "3"));
    List<News> more = List.of(firing("b", "3"), firing("b", "4"), resolved("a", "1"));
    assertThat(ledger.hear(news))
        .extracting(Heard::disposition)
        .containsExactly(OPENED, REPEATED, JOINED, RESOLVED);
    assertThat(ledger.hear(more))
        .extracting(Heard::disposition)
        .containsExactly(LATE, OPENED, RESOLVED);
    assertThat(ledger.hear(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z",
        "-0044-03-15T12:00:00Z",
        "2026-11-01T10:00:00.001Z"
      })
  void anyStartIsAnIdentity(String startsAt) {
    AlertKey key = new AlertKey("1", Instant.parse(startsAt));
    News odd = new News(place("a"), key, AlertStatus.FIRING, Source.ALERTMANAGER, null);
    long incident = hear(odd).incident();
    assertThat(disposition(odd)).isEqualTo(REPEATED);
    assertThat(disposition(firing("a", "1"))).isEqualTo(JOINED);
    assertThat(incident(incident).pairs()).extracting(Pair::key).contains(key);
  }

  @Test
  void textsAreKeptAsTheyAre() {
    String odd = "'; drop table pair; -- :a ? <b> \u0000\u001f\ud83d\ude00 " + "x".repeat(65_536);
    hear(firing(odd, odd));
    reopen();
    Entry.OfIncident entry = ledger.openIncidents().get(0);
    assertThat(entry.place()).isEqualTo(place(odd));
    assertThat(entry.incident().pairs().get(0).key().fingerprint()).isEqualTo(odd);
    assertThat(disposition(firing(odd, odd))).isEqualTo(REPEATED);
  }

  @Test
  void aDirectSourcesPromiseIsKept() {
    AlertKey key = new AlertKey("1", START);
    Duration promised = Duration.ofSeconds(10);
    long id =
        hear(new News(place("a"), key, AlertStatus.FIRING, Source.DIRECT, promised)).incident();
    assertThat(incident(id).pairs().get(0).repeat()).contains(promised);
    after(Duration.ofSeconds(30));
    assertThat(claim("a").decision()).isEqualTo(new Decision.Nothing(Reason.WITHDRAWN));
  }

  @Test
  void aRenamedTargetKeepsItsIncident() {
    long incident = hear(firing("a", "1")).incident();
    News.Place renamed = new News.Place("b", place("a").actuator());
    AlertKey key = new AlertKey("2", START);
    assertThat(hear(new News(renamed, key, AlertStatus.FIRING, Source.ALERTMANAGER, null)))
        .isEqualTo(new Heard(incident, JOINED));
  }
}
