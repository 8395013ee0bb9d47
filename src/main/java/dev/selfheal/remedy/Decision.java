package dev.selfheal.remedy;

import java.time.Instant;
import java.util.Locale;

/** What is to be done about a target now, and why. */
public sealed interface Decision {

  /** The end of a hold that only an event ends, not the clock. */
  Instant NO_END = Instant.MAX;

  /** Why. */
  Reason reason();

  /**
   * Restart it.
   *
   * @param mode what becomes of the wish: done, only recorded, or put before an operator
   * @param action how
   */
  record Restart(Mode mode, Reason reason, Action action) implements Decision {

    /** The usual one. */
    public Restart(Mode mode, Reason reason) {
      this(mode, reason, Action.RESTART);
    }
  }

  /**
   * Do nothing until then, and look again exactly then.
   *
   * @param until {@link #NO_END} if only an event ends the hold
   */
  record Hold(Instant until, Reason reason) implements Decision {}

  /** Tell a human, and hold until all alerts resolve or an operator resumes. */
  record Escalate(Reason reason) implements Decision {}

  /** There is nothing to do, or nothing more: an incident that is still open is closed. */
  record Nothing(Reason reason) implements Decision {}

  /** The kind of decision as a metric label and a log field: {@code hold}. */
  default String label() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
