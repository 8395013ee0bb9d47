package dev.selfheal.remedy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A freeze on purpose, as the ledger knows it. Attempts on its target that begin while it is under
 * way belong to it; they spend budget like any other.
 *
 * @param id the ledger's number for it
 * @param due when it has ended in any case, also if nobody says so
 * @param endedOrNull how it ended; null if nobody has said so yet
 */
public record Drill(long id, Instant beganAt, Instant due, @Nullable Ended endedOrNull) {

  /** The longest time that a drill may be given. */
  public static final Duration LONGEST = Duration.ofHours(1);

  /**
   * How a drill ended.
   *
   * @param passed whether the freeze was healed in time
   * @param took from the freeze to the proof that it is healed, or to the end of the wait for it
   * @param words one line for people
   */
  public record Verdict(boolean passed, Duration took, String words) {}

  /**
   * How a drill ended, and when.
   *
   * @param at by the receiver's clock
   */
  public record Ended(Instant at, Verdict verdict) {}

  /** How it ended; empty while it is under way. One that nobody ends has failed when it is due. */
  public Optional<Ended> ended(Instant now) {
    if (endedOrNull != null) {
      return Optional.of(endedOrNull);
    }
    return now.isBefore(due) ? Optional.empty() : Optional.of(new Ended(due, unended()));
  }

  private Verdict unended() {
    return new Verdict(false, Duration.between(beganAt, due), "nobody said how it ended");
  }
}
