package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertStatus;
import dev.selfheal.remedy.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which news have a target looked at. A storm of repeats must not. */
class AttentionTest {

  /** Longer than the cache keeps a repeat from the ledger. */
  private static final Duration A_MOMENT = RepeatCache.MOMENT;

  @TempDir private Path folder;
  private Receiver receiver;

  @BeforeEach
  void begin() {
    receiver = new Receiver(folder, Fleet.of(1));
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  /** How often the ledger is read for a look while this happens. */
  private long looksDuring(Runnable news) {
    long before = looks();
    news.run();
    receiver.settle();
    return looks() - before;
  }

  private long looks() {
    return receiver.tricks.calls.stream().filter("situation"::equals).count();
  }

  private void repeats() {
    receiver.hears(Fleet.firing(0));
    assertThat(receiver.heard.alerts).last().isEqualTo("OllamaFrozen FIRING repeated");
  }

  @Test
  void aRepeatCallsForNoLookAtATargetThatIsHeld() {
    receiver.hears(Fleet.firing(0));
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    assertThat(receiver.held()).isEqualTo("cooldown");
    receiver.after(A_MOMENT);
    assertThat(looksDuring(this::repeats)).isZero();
  }

  @Test
  void oneAlertMoreCallsForNoLookAtATargetThatIsHeldAndAResolveDoes() {
    receiver.hears(Fleet.firing(0));
    receiver.attemptEnds(Outcome.NOT_RECOVERED);
    assertThat(looksDuring(() -> receiver.hears(another()))).isZero();
    assertThat(receiver.heard.alerts).last().isEqualTo("OllamaFrozen FIRING joined");
    assertThat(looksDuring(() -> receiver.hears(Fleet.resolved(0)))).isEqualTo(1);
    receiver.after(Duration.ofSeconds(60));
    assertThat(receiver.running()).as("the other alert still fires").isEqualTo(1);
  }

  @Test
  void oneAlertMoreIsTheAnswerForATargetThatIsHeldUnconfirmed() {
    receiver.dispatch.operator().pause(null, Duration.ofMinutes(20), "maintenance");
    receiver.hears(Fleet.firing(0));
    receiver.after(Duration.ofMinutes(20));
    assertThat(receiver.held()).isEqualTo("unconfirmed");
    assertThat(looksDuring(() -> receiver.hears(another()))).isEqualTo(1);
    assertThat(receiver.running()).isEqualTo(1);
  }

  private static Alert another() {
    return Fleet.alert(0, AlertStatus.FIRING, Receiver.BEGIN);
  }

  @Test
  void aRepeatIsTheAnswerForATargetThatIsHeldUnconfirmed() {
    receiver.dispatch.operator().pause(null, Duration.ofMinutes(20), "maintenance");
    receiver.hears(Fleet.firing(0));
    receiver.after(Duration.ofMinutes(20));
    assertThat(receiver.held()).isEqualTo("unconfirmed");
    receiver.after(A_MOMENT);
    assertThat(looksDuring(this::repeats)).isEqualTo(1);
    assertThat(receiver.running()).isEqualTo(1);
  }

  @Test
  void aRepeatCallsForALookAtATargetAboutWhichNothingIsDecidedYet() {
    receiver.lookers.shutdown();
    receiver.hears(Fleet.firing(0));
    receiver.close();
    receiver = new Receiver(folder, Fleet.of(1));
    repeats();
    assertThat(receiver.running()).isEqualTo(1);
  }
}
