package dev.selfheal.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

  @ParameterizedTest
  @CsvSource({
    "2026-11-02T14:03:21Z,           2026-11-02T14:03:21Z",
    "2026-11-02t14:03:21z,           2026-11-02T14:03:21Z",
    "2026-11-02T14:03:21.5Z,         2026-11-02T14:03:21.500Z",
    "2026-11-02T14:03:21.000000001Z, 2026-11-02T14:03:21.000000001Z",
    "2026-11-02T14:03:21+05:45,      2026-11-02T08:18:21Z",
    "2026-11-02T14:03:21.25-10:00,   2026-11-03T00:03:21.250Z",
    "2024-02-29T00:00:00-00:00,      2024-02-29T00:00:00Z",
  })
  void readsWhatTheStandardAllows(String text, Instant instant) {
    assertThat(Rfc3339.parse(text)).contains(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-02",
        "2026-11-02T14:03:21",
        "2026-11-02T14:03Z",
        "2026-11-02 14:03:21Z",
        "2026-11-02T14:03:21ZZ",
        "2026-11-02T14:03:21.Z",
        "2026-11-02T14:03:21.",
        "2026-11-02T14:03:21.5",
        "2026-11-02T14:03:21.1234567890Z",
        "2026-11-02T14:03:21+0100",
        "2026-11-02T14:03:21+01:00:00",
        "2026-11-02T14:03:21+24:00",
        "2026-11-02T14:03:21+01:60",
        "2026-11-02T14:03:21*01:00",
        "2026-11-02T24:00:00Z",
        "2026-11-02T14:60:00Z",
        "2026-13-01T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "-001-01-01T00:00:00Z",
        "+12026-11-02T14:03:21Z",
        "\u0662026-11-02T14:03:21Z",
        " 2026-11-02T14:03:21Z",
      })
  void refusesEverythingElse(String text) {
    assertThat(Rfc3339.parse(text)).isEmpty();
  }
}
