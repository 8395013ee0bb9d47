package dev.selfheal.config;

import java.time.Duration;

/** Reads {@code recovery}. */
final class RecoveryReader {
  /** Without a unit the proof is an API that answers steadily for a second. */
  private static final Duration SHORTEST = Duration.ofSeconds(2);

  private static final Duration LONGEST = Duration.ofHours(6);

  static final Reader<RecoveryConfig> READER = Section.reader(RecoveryReader::recovery);

  private RecoveryReader() {}

  private static RecoveryConfig recovery(Section section) {
    RecoveryConfig fallback = RecoveryConfig.DEFAULT;
    Reader<Duration> limit = Scalars.duration(SHORTEST, LONGEST);
    return new RecoveryConfig(
        section.get("timeout", limit, fallback.timeout()),
        section.get("load_timeout", limit, fallback.loadTimeout()));
  }
}
