package dev.selfheal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Incident;
import dev.selfheal.remedy.Incident.Closing;
import dev.selfheal.remedy.Incident.Phase;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.Situation.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a claim writes down when old news must be confirmed. */
abstract class ConfirmationContract extends LedgerContract {

  private static final Duration OLD = LIMITS.confirmAfter().plusSeconds(1);

  @Test
  void nobodyIsToldBeforeAnybodyWasAsked() {
    long incident = hear(firing("a", "1")).incident();
    after(OLD);
    assertThat(claim("a").decision().reason()).isEqualTo(Reason.UNCONFIRMED);
    assertThat(incident(incident).marks()).isEqualTo(Incident.Marks.NONE);
  }

  @Test
  void whatNobodyCanSayIsToldAndMarkedOnce() {
    long incident = hear(firing("a", "1")).incident();
    after(OLD);
    Instant first = clock.instant();
    claim("a", UNANSWERED);
    after(Duration.ofMinutes(1));
    claim("a", UNANSWERED);
    claim("a");
    assertThat(incident(incident).marks())
        .isEqualTo(
            new Incident.Marks(
                false, null, first, new Incident.Escalation(Reason.UNCONFIRMED, first), null));
  }

  @Test
  void aFreshNotificationIsAnAnswerAndCalms() {
    long incident = hear(firing("a", "1")).incident();
    after(OLD);
    claim("a", UNANSWERED);
    after(Duration.ofSeconds(1));
    hear(firing("a", "1"));
    started("a");
    assertThat(incident(incident).escalation()).isEmpty();
  }

  @Test
  void aLatchOutlastsOldNewsAndTheHour() {
    long incident = hear(firing("a", "1")).incident();
    for (int i = 0; i < 3; i++) {
      triesInVain("a", Question.ROUTINE);
    }
    claim("a");
    after(OLD);
    assertThat(claim("a", UNANSWERED).decision().reason()).isEqualTo(Reason.UNCONFIRMED);
    assertThat(claim("a", STALLED).decision().reason()).isEqualTo(Reason.ESCALATED);
    after(Duration.ofHours(2));
    hear(firing("a", "1"));
    assertThat(claim("a").decision())
        .isEqualTo(new Decision.Hold(Decision.NO_END, Reason.ESCALATED));
    assertThat(escalated(incident)).contains(Reason.THREE_FAILURES);
  }

  @Test
  void aFullBudgetStaysLatchedWhenTheHourHasPassedAndTheClockWasWrong() {
    long incident = hear(firing("a", "1")).incident();
    for (int i = 0; i < 3; i++) {
      settle(started("a", Question.MANUAL), Outcome.RECOVERED);
      after(LIMITS.settle());
    }
    assertThat(claim("a", STALLED).decision())
        .isEqualTo(new Decision.Escalate(Reason.BUDGET_SPENT));
    Instant right = clock.instant();
    clock.set(START.minus(Duration.ofHours(1)));
    claim("a");
    clock.set(right.plus(Duration.ofHours(2)));
    hear(firing("a", "1"));
    assertThat(claim("a", STALLED).decision().reason()).isEqualTo(Reason.ESCALATED);
    assertThat(escalated(incident)).contains(Reason.BUDGET_SPENT);
  }

  private Optional<Reason> escalated(long incident) {
    return incident(incident).escalation().map(Incident.Escalation::reason);
  }

  @Test
  void aTargetThatStalledAgainAtTheEndOfItsDecayIsOpenAgainAndSuspect() {
    long incident = hear(firing("a", "1")).incident();
    settle(started("a"), Outcome.RECOVERED);
    assertThat(incident(incident).phase()).isEqualTo(Phase.DECAYING);
    assertThat(incident(incident).marks().decayingSinceOrNull()).isEqualTo(START);
    after(LIMITS.settle());
    long second = started("a", STALLED);
    assertThat(attempt(second).attempt().incident()).isEqualTo(incident);
    settle(second, Outcome.NOT_RECOVERED);
    assertThat(incident(incident).phase()).isEqualTo(Phase.OPEN);
    assertThat(incident(incident).marks().confirmAlways()).isTrue();
    assertThat(incident(incident).marks().decayingSinceOrNull()).isNull();
    after(LIMITS.cooldown());
    assertThat(claim("a").decision().reason()).isEqualTo(Reason.UNCONFIRMED);
  }

  @Test
  void anIncidentWhoseAlertResolvesWhileItDecaysHasRecovered() {
    long incident = hear(firing("a", "1")).incident();
    settle(started("a"), Outcome.RECOVERED);
    hear(resolved("a", "1"));
    claim("a");
    assertThat(entry(incident).closed())
        .contains(new Entry.Closed(Closing.RECOVERED, clock.instant()));
  }
}
