package dev.selfheal.action;

import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Target;
import java.time.Instant;

/**
 * The order to bring a target back.
 *
 * @param startedAt when the attempt was written down as started
 * @param newsAt a server that was started after this is news of its own: the incident's opening, or
 *     the end of the attempt before this one (its beginning, if nobody saw its end), and no further
 *     back than a restart matters
 * @param manual whether a person asked, who need not be told that it is healthy
 * @param action what is to be done
 * @param lastWord may withdraw the order until something is touched
 */
public record Order(
    Target target,
    Instant startedAt,
    Instant newsAt,
    boolean manual,
    Action action,
    LastWord lastWord) {

  /** The order for the usual restart, which nobody withdraws. */
  public Order(Target target, Instant startedAt, Instant newsAt, boolean manual) {
    this(target, startedAt, newsAt, manual, Action.RESTART, LastWord.NONE);
  }
}
