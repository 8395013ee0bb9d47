package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.selfheal.action.Report;
import dev.selfheal.alertmanager.ActiveAlerts;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.testkit.RecordedLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A ledger that cannot be used, and parts that do what they must not: nothing is lost, or twice.
 */
class LedgerFailureTest {

  private final LedgerException full = new LedgerException("the ledger cannot grow");

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

  @Test
  void passesTheFailureOnToTheSenderAndRemembersNothing() {
    receiver.tricks.fail(full, "hear");
    assertThatThrownBy(() -> receiver.hears(Fleet.firing(0))).isSameAs(full);
    assertThat(receiver.heard.alerts).isEmpty();
    receiver.tricks.mend();
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.heard.alerts).containsExactly("OllamaFrozen FIRING opened");
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void restartsNothingAndLooksAgainUntilTheLedgerWorks() {
    receiver.tricks.fail(full, "claim", "check");
    try (RecordedLog log = new RecordedLog("dev.selfheal.dispatch")) {
      receiver.hears(Fleet.firing(0));
      receiver.after(Duration.ofMinutes(1));
      assertThat(receiver.running()).isZero();
      assertThat(receiver.dispatch.trouble().none()).isFalse();
      assertThat(log.lines("the ledger")).hasSize(1);
      receiver.tricks.mend();
      receiver.after(Duration.ofSeconds(5));
      assertThat(log.lines("the ledger"))
          .containsExactly(
              "ERROR nothing is restarted until this is mended: the ledger cannot grow",
              "INFO the ledger can be used again");
    }
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void doesNotTakeAReadableLedgerForOneThatWorks() {
    receiver.tricks.fail(full, "claim", "check");
    receiver.hears(Fleet.firing(0));
    try (RecordedLog log = new RecordedLog("dev.selfheal.dispatch")) {
      receiver.sweeping().after(Duration.ofMinutes(10));
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void triesToSettleUntilTheLedgerTakesItAndThenOnce() {
    receiver.hears(Fleet.firing(0));
    receiver.tricks.fail(full, "settle", "check");
    try (RecordedLog log = new RecordedLog("dev.selfheal.dispatch")) {
      receiver.attemptEnds(Outcome.RECOVERED);
      receiver.after(Duration.ofMinutes(2));
      assertThat(receiver.attempts()).containsExactly("running");
      assertThat(log.lines("ERROR")).hasSize(1);
    }
    receiver.tricks.mend();
    receiver.after(Duration.ofMinutes(1));
    assertThat(receiver.attempts()).containsExactly("recovered");
    assertThat(receiver.heard.ended).containsExactly("gpu-0 recovered PT3M2S");
    assertThat(receiver.restarter.restarted).hasSize(1);
  }

  @Test
  void neverWaitsForTheLedgerOnTheTimersThread() {
    receiver.hears(Fleet.firing(0));
    receiver.tricks.fail(full, "settle", "check");
    receiver.attemptEnds(Outcome.RECOVERED);
    List<String> callers = new ArrayList<>();
    receiver.tricks.before(
        "settle",
        () ->
            StackWalker.getInstance()
                .forEach(frame -> callers.add(frame.getClassName() + "." + frame.getMethodName())));
    receiver.after(Duration.ofSeconds(2));
    assertThat(callers).contains("dev.selfheal.testkit.ManualExecutor.runNext");
  }

  @Test
  void endsTheProgramWhenTheLedgerIsDamaged() {
    receiver.tricks.fail(new LedgerException.Corrupt("the ledger is damaged"), "claim");
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.damaged).isTrue();
    assertThat(receiver.running()).isZero();
  }

  @Test
  void settlesAnAttemptWhoseRestarterFailsUnexpectedlyAndDoesNotLoop() {
    receiver.restarter.next =
        target -> {
          throw new IllegalStateException("a fault of the restarter");
        };
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.actors.runNext()).isTrue();
    receiver.settle();
    assertThat(receiver.attempts()).containsExactly("abandoned");
    assertThat(receiver.held()).isEqualTo("cooldown");
    receiver.after(Duration.ofSeconds(59));
    assertThat(receiver.running()).isZero();
  }

  static Stream<Error> errors() {
    return Stream.of(new StackOverflowError(), new AssertionError("a fault of the restarter"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void settlesAnAttemptThatAnErrorBrokeOffAndKeepsItsWorker(Error error) {
    receiver.restarter.next =
        target -> {
          throw error;
        };
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.actors.runNext()).as("the worker survives").isTrue();
    receiver.settle();
    assertThat(receiver.attempts()).containsExactly("abandoned");
    assertThat(receiver.heard.ended).containsExactly("gpu-0 abandoned -");
    receiver.after(Duration.ofSeconds(60));
    receiver.attemptEnds(Outcome.RECOVERED);
    assertThat(receiver.attempts()).containsExactly("abandoned", "recovered");
  }

  @Test
  void restartsAndSettlesEvenIfTheListenerThrows() {
    receiver.heard.throwing = true;
    receiver.hears(Fleet.firing(0));
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    assertThat(receiver.attempts()).containsExactly("not_recovered");
    receiver.after(Duration.ofSeconds(60));
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void settlesWhatItKnowsAlthoughItWasToldToEnd() {
    receiver.restarter.next =
        target -> {
          Thread.currentThread().interrupt();
          return new Report(FakeRestarter.RECOVERED, "just in time");
        };
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.actors.runNext()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(receiver.attempts()).containsExactly("recovered");
  }

  @Test
  void leavesAnAttemptToTheNextReceiverIfTheTimerHasEnded() {
    receiver.hears(Fleet.firing(0));
    receiver.tricks.fail(full, "settle");
    receiver.timer.shutdown();
    receiver.attemptEnds(Outcome.RECOVERED);
    assertThat(receiver.attempts()).containsExactly("running");
  }

  @Test
  void losesNoWebhookThatArrivesWhileTheThreadsEnd() {
    receiver.lookers.shutdown();
    assertThat(receiver.hears(Fleet.firing(0)).accepted()).isEqualTo(1);
    assertThat(receiver.incidents()).containsExactly("open");
  }

  @Test
  void asksNobodyAndWritesNothingWhenAnInterruptEndsAQuestion() {
    receiver.hears(Fleet.firing(0));
    receiver.attemptEnds(Outcome.RECOVERED);
    receiver.alertmanager =
        () -> {
          Thread.currentThread().interrupt();
          return new ActiveAlerts.Unreachable("interrupted");
        };
    receiver.after(Duration.ofMinutes(2));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(receiver.incidents()).containsExactly("decaying");
    assertThat(receiver.heard.decisions).noneMatch(line -> line.contains("unconfirmed"));
  }

  @Test
  void makesGoodALostTimerWithinAMinute() {
    receiver.hears(Fleet.firing(0));
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    receiver.timer.lose();
    receiver.sweeping().after(Duration.ofMinutes(2));
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void saysOnceThatARowIsRefusedAndDoesNotCallTheLedgerBroken() {
    receiver.hears(Fleet.firing(0));
    LedgerException refused = refused();
    receiver.tricks.fail(refused, "claim");
    try (RecordedLog log = new RecordedLog("dev.selfheal.dispatch")) {
      receiver.hears(Fleet.firing(1));
      receiver.after(Duration.ofSeconds(30));
      assertThat(log.lines()).containsExactly("ERROR " + refused.getMessage());
    }
    assertThat(receiver.dispatch.trouble().none()).isTrue();
  }

  /** A remark on an attempt that does not exist. */
  private LedgerException refused() {
    return catchThrowableOfType(
        LedgerException.class, () -> receiver.ledger.remark(4711, "nothing to remark"));
  }
}
