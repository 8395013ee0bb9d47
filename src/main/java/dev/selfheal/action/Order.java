package dev.selfheal.action;

import dev.selfheal.remedy.Target;
import java.time.Instant;

/**
 * The order to restart a target.
 *
 * @param startedAt when the attempt was written down as started
 * @param newsAt a server that was started after this is news of its own: the incident's opening, or
 *     the end of the attempt before this one (its beginning, if nobody saw its end), and no further
 *     back than a restart matters
 * @param manual whether a person asked, who need not be told that it is healthy
 */
public record Order(Target target, Instant startedAt, Instant newsAt, boolean manual) {}
