package dev.selfheal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT0.9S, 0s",
    "PT59S, 59s",
    "PT60S, 1m",
    "PT3M20S, 3m20s",
    "PT2H, 2h",
    "PT2H0M5S, 2h",
    "PT26H5M, 1d2h",
    "P90D, 90d"
  })
  void tellsADurationByItsTwoLargestUnits(Duration duration, String words) {
    assertThat(Words.span(duration)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T10:00:42Z, in 42s",
    "2026-11-22T10:00:00.300Z, in 1s",
    "2026-11-22T10:00:00Z, 0s ago",
    "2026-11-22T09:59:59.500Z, 0s ago",
    "2026-11-22T09:56:40Z, 3m20s ago",
    "2026-11-22T11:00:00+02:00, 1h ago",
    "yesterday, yesterday"
  })
  void tellsATimeAsSeenByTheReceiver(String time, String words) {
    assertThat(new Words(Optional.of(NOW)).when(time)).isEqualTo(words);
    assertThat(new Words(Optional.empty()).when(time)).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T10:00:00Z, 2026-11-22T10:00:12.7Z, 12s",
    "2026-11-22T10:00:01Z, 2026-11-22T10:00:00Z, ''",
    "2026-11-22T10:00:01Z, '', ''"
  })
  void tellsHowLongSomethingTookIfItIsKnown(String from, String to, String words) {
    assertThat(Words.between(from, to)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 targets", "1, 1 target", "2, 2 targets"})
  void countsInTheSingularAndThePlural(int number, String words) {
    assertThat(Words.count(number, "target")).isEqualTo(words);
  }
}
