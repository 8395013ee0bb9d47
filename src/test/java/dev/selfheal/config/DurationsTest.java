package dev.selfheal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "0, PT0S, 0s",
    "0s, PT0S, 0s",
    "250ms, PT0.25S, 250ms",
    "15s, PT15S, 15s",
    "1m30s, PT1M30S, 1m30s",
    "90s, PT1M30S, 1m30s",
    "1h, PT1H, 1h",
    "2d, PT48H, 2d",
    "1d2h3m4s5ms, PT26H3M4.005S, 1d2h3m4s5ms",
    "999999999d, PT23999999976H, 999999999d",
  })
  void readsAndWritesPrometheusDurations(String text, Duration duration, String shortest) {
    assertThat(Durations.parse(text)).contains(duration);
    assertThat(Durations.format(duration)).isEqualTo(shortest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "s",
        "-1s",
        "+1s",
        "1.5h",
        "1 h",
        " 1h",
        "1h ",
        "1H",
        "30s1m",
        "1m1m",
        "1w",
        "1y",
        "1us",
        "00",
        "1000000000d",
        "1h\n",
        "١s"
      })
  void refusesEverythingElse(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }
}
