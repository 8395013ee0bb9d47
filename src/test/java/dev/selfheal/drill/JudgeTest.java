package dev.selfheal.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final Duration WITHIN = Duration.ofSeconds(20);

  private final AtomicLong nanos = new AtomicLong();
  private final Timeline timeline = new Timeline(nanos::get, moment -> {});

  /** One who has seen nothing. */
  private record Blind(Set<Stage> stages, String trouble, String mend) implements Watch {
    @Override
    public void look(Timeline timeline) {
      // sees nothing
    }
  }

  private Judge.Blame blame() {
    List<Watch> watches =
        List.of(
            new Blind(Set.of(Stage.EVIDENCE), "no stall", "mend the exporter"),
            new Blind(Set.of(Stage.WEBHOOK, Stage.PROOF), "no news", "mend the receiver"));
    return new Judge(watches).blame(timeline, WITHIN);
  }

  @Test
  void whatWasNotSeenNextIsNamedWithWhatItsWatchKnows() {
    timeline.reached(Stage.FROZEN, "");
    assertThat(blame())
        .isEqualTo(
            new Judge.Blame("evidence was not seen within 20 s: no stall", "mend the exporter"));
  }

  @Test
  void aStageThatNobodyWatchesIsPassedOver() {
    timeline.reached(Stage.EVIDENCE, "");
    assertThat(blame().words()).isEqualTo("webhook was not seen within 20 s: no news");
  }

  @Test
  void aProofThatCameTooLateIsCalledLate() {
    nanos.set(Duration.ofMillis(20_400).toNanos());
    timeline.reached(Stage.PROOF, "");
    assertThat(blame().words()).isEqualTo("healed, but in 20.4 s instead of 20 s");
    assertThat(blame().mend()).contains("--within=30s");
  }

  @Test
  void whereEverythingWasSeenInTimeTheModelsAnswerIsMissing() {
    timeline.reached(Stage.PROOF, "");
    assertThat(blame().words()).isEqualTo("answer was not seen within 20 s: no model answers");
  }
}
