package dev.selfheal.ledger;

import dev.selfheal.ledger.News.Place;
import dev.selfheal.remedy.Ladder;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Situation.Question;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wish to decide about a target.
 *
 * @param place the target
 * @param rules how the configuration wants it treated now
 * @param question who asks, and what is known beyond notifications
 * @param terms what is written down with an attempt, if one comes of it
 */
public record ClaimRequest(Place place, Rules rules, Question question, Terms terms) {

  /** The same wish with another question. */
  public ClaimRequest asking(Question other) {
    return new ClaimRequest(place, rules, other, terms);
  }

  /**
   * How the configuration wants a target treated now.
   *
   * @param configured whether it still has the target
   * @param fleetSize how many targets it has
   * @param quietUntilOrNull when the quiet hours of now end
   * @param ladder its stronger actions
   */
  public record Rules(
      boolean configured,
      Mode mode,
      int fleetSize,
      @Nullable Instant quietUntilOrNull,
      Ladder ladder) {

    /** Rules without a ladder. */
    public Rules(boolean configured, Mode mode, int fleetSize, @Nullable Instant quietUntilOrNull) {
      this(configured, mode, fleetSize, quietUntilOrNull, Ladder.NONE);
    }
  }

  /**
   * What is written down with an attempt.
   *
   * @param holder which receiver acts
   * @param limit from its start to its deadline
   * @param note the operator's own words
   * @param approves the number of the attempt that an approval is for; 0 for whichever waits
   */
  public record Terms(String holder, Duration limit, String note, long approves) {

    /** The terms of what approves no attempt in particular. */
    public Terms(String holder, Duration limit, String note) {
      this(holder, limit, note, 0);
    }
  }
}
