package dev.selfheal.exporter.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.exporter.sample.Gpus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SightingTest {

  @Test
  void aStallBeyondItsThresholdIsAFreeze() {
    assertThat(Sighting.of(Rounds.sample(new Gpus.None()), Rounds.stalled(46, 45, Duration.ZERO)))
        .isInstanceOf(Sighting.Frozen.class);
    assertThat(Sighting.of(Rounds.sample(new Gpus.None()), Rounds.stalled(44, 45, Duration.ZERO)))
        .isEqualTo(new Sighting.Waiting(Duration.ofSeconds(44)));
  }

  @Test
  void whatARestartCannotCureIsNoFreeze() {
    assertThat(
            Sighting.of(
                Rounds.sample(new Gpus.Lost("Xid 79")), Rounds.stalled(46, 45, Duration.ZERO)))
        .isInstanceOf(Sighting.Waiting.class);
    assertThat(
            Sighting.of(
                Rounds.sample(new Gpus.None()), Rounds.stalled(70, 45, Duration.ofSeconds(60))))
        .isInstanceOf(Sighting.Waiting.class);
  }

  @Test
  void withoutAStallItIsHealthy() {
    assertThat(Sighting.of(Rounds.sample(new Gpus.Lost("x")), Rounds.healthy()))
        .isEqualTo(new Sighting.Healthy());
  }
}
