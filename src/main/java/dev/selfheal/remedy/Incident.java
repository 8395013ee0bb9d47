package dev.selfheal.remedy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An open incident of a target, as the ledger knows it.
 *
 * @param id the ledger's number for it
 * @param phase where in its life it is
 * @param pairs the alert pairs that concern it
 * @param openedAt when this receiver first heard of it
 * @param marks what happened on the way
 */
public record Incident(long id, Phase phase, List<Pair> pairs, Instant openedAt, Marks marks) {

  public Incident {
    pairs = List.copyOf(pairs);
  }

  /** Where in its life an open incident is. */
  public enum Phase {
    OPEN,
    ACTING,
    DECAYING
  }

  /** How an incident was closed. */
  public enum Closing {
    RECOVERED,
    RESOLVED,
    EXPIRED,
    TARGET_REMOVED,
    MANUAL_ENDED
  }

  /** A human was told. */
  public record Escalation(Reason reason, Instant since) {}

  /**
   * What happened to an incident on the way.
   *
   * @param confirmAlways whether it must be confirmed before a restart whatever the age of its news
   * @param decayingSinceOrNull when its last recovery was proven
   * @param unconfirmedSinceOrNull since when nobody could say whether its alert still holds
   * @param escalationOrNull what a human was told
   * @param resumedAtOrNull when an operator last cleared an escalation
   */
  public record Marks(
      boolean confirmAlways,
      @Nullable Instant decayingSinceOrNull,
      @Nullable Instant unconfirmedSinceOrNull,
      @Nullable Escalation escalationOrNull,
      @Nullable Instant resumedAtOrNull) {

    /** Nothing has happened yet. */
    public static final Marks NONE = new Marks(false, null, null, null, null);
  }

  /** What a human was told, if anything. */
  public Optional<Escalation> escalation() {
    return Optional.ofNullable(marks.escalationOrNull());
  }

  /** The pairs that fire as far as this receiver knows. */
  public List<Pair> firing(Instant now) {
    return pairs.stream().filter(pair -> pair.firingAt(now)).toList();
  }

  /** When this receiver last heard that an alert of this incident fires; its opening if never. */
  public Instant lastHeard() {
    return pairs.stream().map(Pair::lastHeard).max(Instant::compareTo).orElse(openedAt);
  }

  /** The same incident in another phase. */
  public Incident in(Phase other) {
    return new Incident(id, other, pairs, openedAt, marks);
  }

  /** The same incident, back from decay: it must be confirmed before each further restart. */
  public Incident reopened() {
    Marks again =
        new Marks(
            true,
            null,
            marks.unconfirmedSinceOrNull(),
            marks.escalationOrNull(),
            marks.resumedAtOrNull());
    return new Incident(id, Phase.OPEN, pairs, openedAt, again);
  }
}
