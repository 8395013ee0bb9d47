package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.action.Order;
import dev.selfheal.action.Sighting;
import dev.selfheal.ledger.Entry;
import dev.selfheal.ledger.Query;
import dev.selfheal.remedy.Incident.Escalation;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import dev.selfheal.testkit.RecordedLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts whose holder died, or does not end. */
class AbandonedTest {

  private static final Duration DEADLINE = Duration.ofMinutes(13);

  @TempDir private Path folder;
  private Receiver receiver;

  @BeforeEach
  void begin() {
    receiver = new Receiver(folder, Fleet.of(1));
    receiver.hears(Fleet.firing(0));
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  private Entry.OfAttempt attempt() {
    return receiver.ledger.attempts(new Query(null, false, 1)).get(0);
  }

  private void dieAndStartAgain() {
    receiver.close();
    receiver = new Receiver(folder, receiver.managed);
  }

  @Test
  void settlesTheAttemptOfADeadReceiverAndRemarksWhatItsUnitDoes() {
    dieAndStartAgain();
    try (RecordedLog log = new RecordedLog("dev.selfheal.dispatch")) {
      receiver.dispatch.adopt();
      assertThat(log.lines("outcome=abandoned"))
          .singleElement()
          .asString()
          .startsWith(
              "WARN target=gpu-0 outcome=abandoned reason=receiver_died incident=1 attempt=1");
    }
    assertThat(receiver.attempts()).containsExactly("abandoned");
    assertThat(attempt().remarks()).containsExactly("gpu-0 active/running");
    assertThat(receiver.heard.ended).containsExactly("gpu-0 abandoned -");
  }

  @Test
  void readsTheUnitBeforeItSettlesAnythingAndBeforeItLooksAtAnything() {
    dieAndStartAgain();
    receiver.restarter.unit =
        target -> {
          assertThat(receiver.attempts()).containsExactly("running");
          assertThat(receiver.lookers.waiting()).isZero();
          return new Sighting(true, "read");
        };
    receiver.dispatch.adopt();
    assertThat(attempt().remarks()).containsExactly("read");
  }

  @Test
  void goesOnWithTheIncidentAfterTheCooldownWithoutAnotherWebhook() {
    dieAndStartAgain();
    receiver.dispatch.adopt();
    assertThat(receiver.lookers.waiting()).as("looks before it listens").isZero();
    receiver.dispatch.sweep();
    receiver.settle();
    assertThat(receiver.held()).isEqualTo("cooldown");
    receiver.after(Duration.ofSeconds(60));
    assertThat(receiver.running()).isEqualTo(1);
  }

  /** A server that was started since may be what that attempt did, and is restarted by no other. */
  @Test
  void theNextAttemptMindsWhatWasRestartedSinceOneBeganThatNobodySawTheEndOf() {
    dieAndStartAgain();
    receiver.clock.advance(Duration.ofSeconds(30));
    receiver.dispatch.adopt();
    receiver.dispatch.sweep();
    receiver.settle();
    receiver.after(Duration.ofSeconds(60));
    receiver.attemptEnds(Outcome.RECOVERED);
    assertThat(receiver.restarter.orders).extracting(Order::newsAt).containsExactly(Receiver.BEGIN);
  }

  @Test
  void restartsNothingUntilTheHostOfAnAttemptThatNobodySawTheEndOfIsSeenAgain() {
    dieAndStartAgain();
    receiver.restarter.unit = target -> new Sighting(false, "its host is away");
    receiver.dispatch.adopt();
    receiver.dispatch.sweep();
    receiver.settle();
    assertThat(receiver.held()).isEqualTo("outcome_unknown");
    receiver.after(Duration.ofMinutes(5));
    assertThat(receiver.held()).isEqualTo("outcome_unknown");
    assertThat(receiver.running()).isZero();
    assertThat(told()).as("a human is told").contains(Reason.OUTCOME_UNKNOWN);
    assertThat(receiver.restarter.unitsRead).as("looks, one a minute").hasSizeBetween(5, 8);
    receiver.restarter.unit = target -> new Sighting(true, "gpu-0 active/running again");
    receiver.after(Duration.ofMinutes(1));
    assertThat(attempt().attempt().running()).isTrue();
    assertThat(receiver.ledger.attempts(new Query(null, false, 2)).get(1).remarks())
        .containsExactly("its host is away", "seen again: gpu-0 active/running again");
    assertThat(told()).isEmpty();
  }

  private Optional<Reason> told() {
    return receiver.ledger.openIncidents().get(0).incident().escalation().map(Escalation::reason);
  }

  @Test
  void looksForAnOperatorWhoIsHeldWhenTheAlertsAreLongOver() {
    dieAndStartAgain();
    receiver.restarter.unit = target -> new Sighting(false, "its host is away");
    receiver.dispatch.adopt();
    receiver.hears(Fleet.resolved(0));
    receiver.after(Duration.ofHours(1));
    assertThat(receiver.incidents()).containsExactly("closed resolved");
    receiver.restarter.unit = target -> new Sighting(true, "gpu-0 active/running again");
    Operator operator = receiver.dispatch.operator();
    assertThat(operator.restart("gpu-0", "").orElseThrow())
        .isInstanceOf(Operator.Answer.Held.class);
    receiver.settle();
    assertThat(operator.restart("gpu-0", "").orElseThrow())
        .isInstanceOf(Operator.Answer.Started.class);
  }

  @Test
  void saysSoIfTheTargetIsNotConfiguredAnyMore() {
    receiver.close();
    receiver = new Receiver(folder, Fleet.of(List.of(Fleet.target(1)), Fleet.LIMITS));
    receiver.dispatch.adopt();
    receiver.dispatch.sweep();
    receiver.settle();
    assertThat(attempt().remarks().get(0)).contains("not configured any more");
    assertThat(receiver.incidents()).containsExactly("closed target_removed");
  }

  @Test
  void settlesTheAttemptEvenIfTheUnitCannotBeRead() {
    dieAndStartAgain();
    receiver.restarter.unit =
        target -> {
          throw new IllegalStateException("no systemd here");
        };
    receiver.dispatch.adopt();
    assertThat(receiver.attempts()).containsExactly("abandoned");
    assertThat(attempt().remarks().get(0)).contains("no systemd here");
  }

  @Test
  void settlesAnAttemptThatIsPastItsDeadlineWithoutWaitingForTheSweep() {
    receiver.dispatch.sweep();
    receiver.settle();
    assertThat(receiver.held()).isEqualTo("attempt_running");
    receiver.restarter.unit =
        target -> {
          assertThat(receiver.attempts()).containsExactly("running");
          return new Sighting(true, "still hanging");
        };
    receiver.after(DEADLINE.plusSeconds(1));
    assertThat(receiver.attempts()).containsExactly("abandoned");
    assertThat(attempt().remarks()).containsExactly("still hanging");
  }

  @Test
  void addsToTheRecordWhatComesAfterTheDeadlineAndReplacesNothing() {
    receiver.sweeping().after(DEADLINE.plusMinutes(1));
    receiver.attemptEnds(Outcome.RECOVERED);
    assertThat(receiver.attempts()).startsWith("abandoned");
    Entry.OfAttempt first = receiver.ledger.attempts(new Query(null, false, 9)).get(0);
    assertThat(first.remarks())
        .hasSize(2)
        .last()
        .asString()
        .contains("ended later")
        .contains("RECOVERED");
    assertThat(receiver.heard.ended).containsExactly("gpu-0 abandoned -");
  }
}
