package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.remedy.Outcome;
import dev.selfheal.testkit.RecordedLog;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the alert to the proven recovery, and what the end of the decay may show. */
class RecoveryTimelineTest {

  private static final Duration SETTLE = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private Receiver receiver;

  @BeforeEach
  void begin() {
    receiver = new Receiver(folder, Fleet.of(1));
    receiver.hears(Fleet.firing(0));
    receiver.after(Duration.ofSeconds(5));
    receiver.attemptEnds(Outcome.RECOVERED);
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  @Test
  void restartsAtOnceAndHoldsTheIncidentWhileItDecays() {
    assertThat(receiver.restarter.restarted).extracting("name").containsExactly("gpu-0");
    assertThat(receiver.attempts()).containsExactly("recovered");
    assertThat(receiver.incidents()).containsExactly("decaying");
    assertThat(receiver.held()).isEqualTo("cooldown");
    receiver.after(Duration.ofSeconds(60));
    assertThat(receiver.held()).isEqualTo("decaying");
    assertThat(receiver.asked).isEmpty();
  }

  @Test
  void measuresTheTimeToStartAndToRecover() {
    assertThat(receiver.heard.started).containsExactly(Duration.ZERO);
    assertThat(receiver.heard.ended).containsExactly("gpu-0 recovered PT1M5S");
  }

  @Test
  void closesTheIncidentWhenItsAlertResolvesDuringTheDecay() {
    receiver.after(Duration.ofSeconds(30));
    receiver.hears(Fleet.resolved(0));
    assertThat(receiver.incidents()).containsExactly("closed recovered");
    assertThat(receiver.timer.waiting()).isZero();
  }

  @Test
  void asksExactlyWhenTheDecayEndsAndClosesWhatIsOver() {
    receiver.active();
    receiver.after(SETTLE.minusMillis(1));
    assertThat(receiver.asked).isEmpty();
    receiver.after(Duration.ofMillis(1));
    assertThat(receiver.asked).hasSize(1);
    assertThat(receiver.incidents()).containsExactly("closed recovered");
  }

  @Test
  void restartsAgainAtTheEndOfTheDecayIfAlertmanagerStillKnowsTheAlert() {
    receiver.active(0);
    receiver.after(SETTLE);
    assertThat(receiver.running()).isEqualTo(1);
    receiver.attemptEnds(Outcome.RECOVERED);
    assertThat(receiver.attempts()).containsExactly("recovered", "recovered");
  }

  @Test
  void holdsAndTellsAHumanWhenNobodyCanSayAtTheEndOfTheDecay() {
    try (RecordedLog log = new RecordedLog("dev.selfheal.dispatch")) {
      receiver.after(SETTLE);
      assertThat(receiver.held()).isEqualTo("unconfirmed");
      assertThat(log.lines("reason=unconfirmed"))
          .singleElement()
          .asString()
          .startsWith("ERROR target=gpu-0 decision=hold reason=unconfirmed incident=1 attempt=-");
      receiver.after(Duration.ofMinutes(5));
      assertThat(log.lines("reason=unconfirmed")).hasSize(1);
    }
    assertThat(receiver.running()).isZero();
    assertThat(receiver.asked).hasSize(6);
    assertThat(receiver.ledger.openIncidents().get(0).incident().escalation()).isPresent();
  }

  @Test
  void endsTheUnconfirmedHoldWithAnAnswer() {
    receiver.after(SETTLE);
    receiver.active();
    receiver.after(Duration.ofMinutes(1));
    assertThat(receiver.incidents()).containsExactly("closed recovered");
  }

  @Test
  void endsTheUnconfirmedHoldWithAFreshNotification() {
    receiver.after(SETTLE.plusSeconds(10));
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void endsTheUnconfirmedHoldWithAResolve() {
    receiver.after(SETTLE.plusSeconds(10));
    receiver.hears(Fleet.resolved(0));
    assertThat(receiver.incidents()).containsExactly("closed recovered");
    receiver.after(Duration.ofHours(1));
    assertThat(receiver.running()).isZero();
  }

  @Test
  void confirmsWhateverFiresOnAfterItsIncidentClosedRecovered() {
    receiver.active();
    receiver.after(SETTLE);
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.asked).hasSize(2);
    assertThat(receiver.incidents()).containsExactly("closed recovered", "closed expired");
    assertThat(receiver.running()).isZero();
  }
}
