package dev.selfheal.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Which rows to list.
 *
 * @param actuatorOrNull only those of this actuator
 * @param openOnly only incidents that are open, or attempts that have not ended
 * @param limit 1 to 1000
 */
public record Query(@Nullable String actuatorOrNull, boolean openOnly, int limit) {

  /** The most rows that one query lists. */
  public static final int MOST = 1000;

  public Query {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit must be 1 to " + MOST + ", not " + limit);
    }
  }
}
