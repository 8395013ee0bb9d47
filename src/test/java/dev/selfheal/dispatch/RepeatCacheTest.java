package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.alert.Alert;
import dev.selfheal.ledger.Claim;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Reason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatCacheTest {
  private static final Decision HOLD = new Decision.Hold(Decision.NO_END, Reason.PAUSED);
  private static final Decision OVER = new Decision.Nothing(Reason.ALERT_RESOLVED);
  private static final Alert ALERT = Fleet.firing(0);

  private final RepeatCache repeats = new RepeatCache(() -> 0);

  private static Claim claim(Decision decision) {
    return new Claim(decision, 1, 0, new Claim.When(Instant.EPOCH, Instant.EPOCH), List.of());
  }

  private void decides(Decision decision, Runnable meanwhile) {
    Claim made =
        repeats.whileDeciding(
            1,
            () -> {
              meanwhile.run();
              return claim(decision);
            });
    assertThat(made.decision()).isEqualTo(decision);
  }

  private void hears() {
    repeats.remember(ALERT, 1, repeats.generation());
  }

  private void assertForgotten() {
    assertThat(repeats.incidentOf(ALERT)).isEmpty();
  }

  @Test
  void remembersWhatADecisionHasLeftOpen() {
    hears();
    decides(HOLD, this::assertForgotten);
    assertThat(repeats.incidentOf(ALERT)).contains(1L);
  }

  @Test
  void forgetsWhatADecisionHasClosed() {
    hears();
    decides(OVER, this::assertForgotten);
    assertForgotten();
  }

  /** As a look and an operator's consent may. */
  @Test
  void knowsNothingOfAnIncidentUntilTheLastOfTwoDecisionsAboutItIsMade() {
    decides(
        OVER,
        () -> {
          decides(HOLD, () -> {});
          hears();
          assertForgotten();
        });
    assertForgotten();
  }
}
