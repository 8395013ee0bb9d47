package dev.selfheal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GaugesTest {
  private static final Gauges PAGE =
      new Gauges(
          """
          # HELP ollama_frozen_duration_seconds How long.
          # TYPE ollama_frozen_duration_seconds gauge
          ollama_frozen_duration_seconds 46.5
          ollama_frozen_threshold_seconds +Inf
          ollama_frozen_reason{reason="api_dead",} 0.0
          ollama_frozen_reason{reason="runner_stalled",} 1.0
          ollama_gpu_utilization_ratio{gpu="0",} 0.85
          """);

  @Test
  void aSeriesIsFoundByItsWholeName() {
    assertThat(PAGE.value("ollama_frozen_duration_seconds")).hasValue(46.5);
    assertThat(PAGE.value("ollama_gpu_utilization_ratio")).hasValue(0.85);
    assertThat(PAGE.value("ollama_frozen_duration")).isEmpty();
  }

  @Test
  void infinityIsANumber() {
    assertThat(PAGE.value("ollama_frozen_threshold_seconds")).hasValue(Double.POSITIVE_INFINITY);
  }

  @Test
  void oneSeriesOfManyIsFoundByALabel() {
    assertThat(PAGE.value("ollama_frozen_reason", "reason", "runner_stalled")).hasValue(1);
    assertThat(PAGE.value("ollama_frozen_reason", "reason", "other")).isEmpty();
  }

  @Test
  void theReasonIsTheOneThatIsSet() {
    assertThat(PAGE.chosen("ollama_frozen_reason", "reason")).hasValue("runner_stalled");
    assertThat(new Gauges("").chosen("ollama_frozen_reason", "reason")).isEmpty();
  }
}
