package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.ledger.Claim;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Reason;
import dev.selfheal.testkit.RecordedLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of decisions that follow one another. */
class AnnouncerTest {

  private final FakeListener heard = new FakeListener();
  private final Announcer announcer = new Announcer(heard);

  private void decided(Decision decision, long attempt) {
    announcer.announce(
        "gpu-0",
        new Claim(decision, 1, attempt, new Claim.When(Receiver.BEGIN, Receiver.BEGIN), List.of()));
  }

  @Test
  void saysEachRestartAlsoIfItFollowsOneForTheSameReason() {
    try (RecordedLog log = new RecordedLog("dev.selfheal.dispatch")) {
      decided(new Decision.Restart(Mode.ACT, Reason.STILL_FIRING), 1);
      decided(new Decision.Restart(Mode.ACT, Reason.STILL_FIRING), 2);
      assertThat(log.lines("decision=restart")).hasSize(2);
    }
    assertThat(heard.decisions)
        .containsExactly("gpu-0 restart still_firing", "gpu-0 restart still_firing");
  }

  @Test
  void saysAHoldOnceHoweverOftenItIsLookedAt() {
    decided(new Decision.Hold(Receiver.BEGIN.plusSeconds(9), Reason.COOLDOWN), 0);
    decided(new Decision.Hold(Receiver.BEGIN.plus(Duration.ofMinutes(1)), Reason.COOLDOWN), 0);
    assertThat(heard.decisions).containsExactly("gpu-0 hold cooldown");
  }
}
