package dev.selfheal.config;

import java.time.Duration;

/** Reads {@code recovery}. */
final class RecoveryReader {
  /** Without a unit the proof is an API that answers steadily for a second. */
  private static final Duration SHORTEST = Duration.ofSeconds(2);

  /** The act waits no longer for what it wants to know before. */
  private static final Duration LONGEST_RECHECK = Duration.ofSeconds(5);

  private static final Duration LONGEST = Duration.ofHours(6);

  static final Reader<RecoveryConfig> READER = Section.reader(RecoveryReader::recovery);

  private RecoveryReader() {}

  private static RecoveryConfig recovery(Section section) {
    RecoveryConfig fallback = RecoveryConfig.DEFAULT;
    return new RecoveryConfig(
        section.get(
            "recheck",
            Scalars.duration(Duration.ofMillis(100), LONGEST_RECHECK),
            fallback.recheck()),
        section.get("timeout", Scalars.duration(SHORTEST, LONGEST), fallback.timeout()),
        section.get(
            "load_timeout",
            Scalars.duration(Duration.ofMillis(1), LONGEST),
            fallback.loadTimeout()),
        section.get("canary", Scalars.truth(), fallback.canary()));
  }
}
