package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.alert.AlertStatus;
import dev.selfheal.alertmanager.ActiveAlerts;
import dev.selfheal.dispatch.Operator.Answer;
import dev.selfheal.remedy.Evidence;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.PolicyLimits.FleetLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens at the worst moment: between a reading and a decision, a commit and what follows.
 */
class RaceTest {

  @TempDir private Path folder;
  private Receiver receiver;

  @BeforeEach
  void begin() {
    receiver = new Receiver(folder, Fleet.of(2));
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  private void recover() {
    receiver.hears(Fleet.firing(0));
    receiver.attemptEnds(Outcome.RECOVERED);
  }

  @Test
  void aRepeatBetweenTheCommitThatClosesItsIncidentAndItsForgettingReachesTheLedger() {
    recover();
    receiver.active();
    receiver.after(Duration.ofMinutes(2).minusMillis(10));
    receiver.hears(Fleet.firing(0)); // is remembered for two seconds
    receiver.tricks.after(
        "claim",
        () ->
            assertThat(receiver.dispatch.incidents().accept(Fleet.payload(Fleet.firing(0))))
                .isEqualTo(new Intake(1, 0, List.of(2L))));
    receiver.after(Duration.ofMillis(10));
    assertThat(receiver.incidents()).startsWith("closed recovered").hasSize(2);
  }

  @Test
  void aRepeatBetweenTheCommitOfAnApprovalThatClosesItsIncidentAndItsForgettingReachesTheLedger() {
    recover();
    receiver.evidence = new Evidence.Stalled("runner_stalled", receiver.clock.instant());
    receiver.managed = Fleet.approving(2);
    receiver.after(Duration.ofMinutes(2)); // and it stalls still, so approval is asked for
    assertThat(receiver.held()).isEqualTo("awaiting_approval");
    receiver.hears(Fleet.firing(0)); // is remembered for two seconds
    receiver.evidence = new Evidence.Progressing();
    receiver.tricks.after(
        "claim",
        () ->
            assertThat(receiver.dispatch.incidents().accept(Fleet.payload(Fleet.firing(0))))
                .isEqualTo(new Intake(1, 0, List.of(2L))));
    assertThat(receiver.dispatch.operator().approve(2, "")).containsInstanceOf(Answer.Held.class);
    assertThat(receiver.incidents()).startsWith("closed expired").hasSize(2);
  }

  @Test
  void aNewFreezeThatIsHeardWhileAlertmanagerIsAskedAboutTheOldOneIsNotClosedWithIt() {
    recover();
    receiver.alertmanager =
        () -> {
          receiver.alertmanager =
              () -> new ActiveAlerts.Known(Set.of(Fleet.fingerprint(0)), Set.of(), null);
          receiver
              .dispatch
              .incidents()
              .accept(
                  Fleet.payload(
                      Fleet.alert(
                          0, AlertStatus.FIRING, receiver.clock.instant().minusSeconds(9))));
          return new ActiveAlerts.Known(
              Set.of(), Set.of(), null); // the answer is from before the new freeze
        };
    receiver.after(Duration.ofMinutes(2));
    assertThat(receiver.incidents()).containsExactly("acting");
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void anAnswerThatIsOlderThanTheNewsIsNotShared() {
    recover();
    receiver.active();
    receiver.after(Duration.ofMinutes(2)); // closes the incident; asked at 00:02:00
    receiver.after(Duration.ofSeconds(1));
    receiver.active(0);
    receiver.hears(Fleet.firing(0)); // suspect, so asked about, within the answer's two seconds
    assertThat(receiver.asked).hasSize(2);
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void newsThatGrowOldBetweenTheReadingAndTheDecisionAreAskedAboutAtOnce() {
    recover();
    receiver.active();
    receiver.after(Duration.ofMinutes(2).minusMillis(1));
    receiver.tricks.before("claim", () -> receiver.clock.advance(Duration.ofMillis(1)));
    receiver.dispatch.sweep();
    receiver.settle();
    assertThat(receiver.incidents()).containsExactly("closed recovered");
    assertThat(receiver.heard.decisions).noneMatch(line -> line.contains("unconfirmed"));
  }

  @Test
  void aResolveThatComesRightBeforeTheDecisionStopsTheRestart() {
    receiver.tricks.before(
        "claim", () -> receiver.dispatch.incidents().accept(Fleet.payload(Fleet.resolved(0))));
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.running()).isZero();
    assertThat(receiver.incidents()).containsExactly("closed resolved");
  }

  @Test
  void aNotificationThatWasRoutedBeforeAReloadIsNotRememberedAfterIt() {
    Managed other = Fleet.of(List.of(Fleet.renamed(0, 1)), Fleet.LIMITS);
    receiver.tricks.after(
        "hear",
        () -> {
          receiver.managed = other;
          receiver.dispatch.configurationChanged();
        });
    receiver.hears(Fleet.firing(0));
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.ledger.openIncidents())
        .extracting(open -> open.place().target())
        .contains("gpu-1");
  }

  @Test
  void twoReceiversOfTheSameNewsStartOneAttempt() {
    receiver.hears(Fleet.firing(0));
    receiver.dispatch.sweep();
    receiver.dispatch.configurationChanged();
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.running()).isEqualTo(1);
    assertThat(receiver.attempts()).containsExactly("running");
  }

  @Test
  void anOverdueAttemptThatEndsInThisMomentIsSettledOnce() {
    receiver.hears(Fleet.firing(0));
    receiver.after(Duration.ofMinutes(13));
    receiver.tricks.before("settleOverdue", () -> assertThat(receiver.actors.runNext()).isTrue());
    receiver.dispatch.sweep();
    receiver.settle();
    assertThat(receiver.attempts()).containsExactly("recovered");
    assertThat(receiver.heard.ended).hasSize(1);
  }

  @Test
  void aSlowAlertmanagerKeepsNoOtherTargetWaiting() {
    recover();
    receiver.after(Duration.ofMinutes(2).minusSeconds(1));
    receiver.clock.advance(Duration.ofSeconds(1));
    receiver.dispatch.sweep();
    boolean more = true;
    while (more) {
      more = receiver.lookers.runNext();
    }
    assertThat(receiver.askers.waiting()).isPositive();
    receiver.managed = Fleet.of(2, Fleet.limits(new FleetLimit(2, 1, Duration.ofMinutes(1))));
    receiver.dispatch.incidents().accept(Fleet.payload(Fleet.firing(1)));
    assertThat(receiver.lookers.runNext()).isTrue();
    assertThat(receiver.running()).isEqualTo(1);
  }
}
