package dev.selfheal.ledger;

import dev.selfheal.remedy.Decision;
import java.time.Instant;
import java.util.List;

/**
 * What was decided about a target, and where it stands in the ledger.
 *
 * @param incident the incident concerned; 0 if none
 * @param attempt the attempt that was written down; 0 if none
 * @param expired attempts that waited for approval, and that this has ended
 */
public record Claim(
    Decision decision, long incident, long attempt, When when, List<Entry.OfAttempt> expired) {

  public Claim {
    expired = List.copyOf(expired);
  }

  /**
   * The times of a claim.
   *
   * @param at the moment for which it was decided
   * @param openedAt when the incident was opened; {@code at} if there is none
   */
  public record When(Instant at, Instant openedAt) {}

  /** The moment for which it was decided. */
  public Instant at() {
    return when.at();
  }

  /** When the incident was opened; {@link #at} if there is none. */
  public Instant openedAt() {
    return when.openedAt();
  }

  /** The same claim with another decision. */
  public Claim deciding(Decision other) {
    return new Claim(other, incident, attempt, when, expired);
  }
}
