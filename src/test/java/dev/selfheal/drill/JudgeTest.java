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

  private boolean prometheusAnswers = true;

  /** One who has seen nothing. */
  private record Blind(Set<Stage> stages, String trouble, String mend, boolean answers)
      implements Watch {
    @Override
    public void look(Timeline timeline) {
      // sees nothing
    }
  }

  private Judge judge() {
    return new Judge(
        List.of(
            new Blind(Set.of(Stage.EVIDENCE), "no stall", "mend the exporter", true),
            new Blind(Set.of(Stage.RULE), "no answer", "mend Prometheus", prometheusAnswers),
            new Blind(Set.of(Stage.WEBHOOK, Stage.PROOF), "no news", "mend the receiver", true)));
  }

  private Judge.Blame blame() {
    return judge().blame(timeline, WITHIN).orElseThrow();
  }

  private void reached(Stage... stages) {
    for (Stage stage : stages) {
      timeline.reached(stage, "");
    }
  }

  @Test
  void whatWasNotSeenNextIsNamedWithWhatItsWatchKnows() {
    reached(Stage.FROZEN);
    assertThat(blame())
        .isEqualTo(
            new Judge.Blame("evidence was not seen within 20 s: no stall", "mend the exporter"));
  }

  @Test
  void aStageThatNobodyWatchesIsPassedOver() {
    reached(Stage.RULE);
    assertThat(blame().words()).isEqualTo("webhook was not seen within 20 s: no news");
  }

  @Test
  void aModelThatDoesNotAnswerIsNamedWithTheTimeThatItWasGivenAfterTheProof() {
    assertThat(Judge.noAnswer("tiny", Duration.ofMinutes(3)).words())
        .isEqualTo("answer was not seen within 180 s of the proof: tiny does not answer");
  }

  @Test
  void aProofThatCameTooLateIsCalledLate() {
    nanos.set(Duration.ofMillis(20_400).toNanos());
    reached(Stage.PROOF);
    assertThat(blame().words()).isEqualTo("healed, but in 20.4 s instead of 20 s");
  }

  @Test
  void whatWasProvenInTimeIsPraisedAndALinkThatItWentAroundIsNamed() {
    reached(Stage.FROZEN, Stage.EVIDENCE, Stage.WEBHOOK, Stage.PROOF);
    assertThat(judge().blame(timeline, WITHIN)).isEmpty();
    assertThat(judge().praise(timeline, Duration.ofMillis(12_300)))
        .isEqualTo("healed in 12.3 s, without being seen at: rule");
  }

  @Test
  void aDeadLinkFailsTheDrillAlsoIfTheRecoveryWentAroundIt() {
    prometheusAnswers = false;
    reached(Stage.FROZEN, Stage.EVIDENCE, Stage.WEBHOOK, Stage.PROOF);
    assertThat(blame()).isEqualTo(new Judge.Blame("healed, but no answer", "mend Prometheus"));
    timeline.reached(Stage.RULE, "");
    assertThat(judge().blame(timeline, WITHIN)).isEmpty();
  }
}
