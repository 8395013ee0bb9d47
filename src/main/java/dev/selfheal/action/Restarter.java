package dev.selfheal.action;

import dev.selfheal.remedy.Target;
import java.time.Instant;

/** Restarts targets, and proves that it helped. */
public interface Restarter {

  /**
   * Restarts a target once, waits for its recovery, and stops acting and waiting {@link
   * Target#DEADLINE_MARGIN} before the attempt's deadline. Takes minutes. What goes wrong with the
   * target is a report, never an exception.
   *
   * @param startedAt when the attempt was written down as started
   * @throws InterruptedAttempt if the thread was interrupted, as it is when the receiver stops
   */
  Report restart(Target target, Instant startedAt);

  /**
   * What a target's unit is doing now, in one line for the record of an attempt that nobody saw the
   * end of: {@code ollama.service active/running, InvocationID 5c1f..., main PID 1234}, or why it
   * cannot be read. Takes at most 15 seconds, and changes nothing. An interrupt ends it and stays
   * set.
   */
  String unitState(Target target);
}
