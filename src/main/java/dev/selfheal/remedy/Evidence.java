package dev.selfheal.remedy;

import java.time.Instant;

/** What a target's own exporter says about it. */
public sealed interface Evidence {

  /** Nothing is frozen, as far as the exporter sees. */
  record Progressing() implements Evidence {}

  /**
   * A stall has lasted for longer than its threshold.
   *
   * @param reason one of the exporter's closed list; {@code unknown} if it names none
   * @param since when it began, by the clock of the target's host
   */
  record Stalled(String reason, Instant since) implements Evidence {}

  /**
   * Nobody can say: what there is is old, missing or not understood.
   *
   * @param why one line
   */
  record Unknown(String why) implements Evidence {}
}
