package dev.selfheal.remedy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

  /**
   * When this receiver last heard that an alert fires which is not over; its opening if never. What
   * was resolved since says nothing about the others.
   */
  public Instant lastHeard(Instant now) {
    return firing(now).stream().map(Pair::lastHeard).max(Instant::compareTo).orElse(openedAt);
  }

  /** Whether it is there for an operator's request alone, and closes with its attempt. */
  public boolean requested() {
    return !pairs.isEmpty() && pairs.stream().allMatch(pair -> pair.source() == Pair.Source.MANUAL);
  }

  /** Whether the attempt of an operator's request that opened it has not ended. */
  boolean awaitsRequest() {
    return pairs.stream()
        .anyMatch(p -> p.source() == Pair.Source.MANUAL && p.status() == Pair.Status.FIRING);
  }

  /** Whether a direct source has fallen silent about one of its alerts, which is no recovery. */
  boolean anyWithdrawn(Instant now) {
    return pairs.stream().anyMatch(pair -> pair.withdrawnAt(now));
  }

  /** Every moment of it that was written down by the ledger's clock. */
  Stream<Instant> times() {
    Stream<Instant> heard = pairs.stream().map(Pair::lastHeard);
    Stream<Instant> told = escalation().stream().map(Escalation::since);
    Stream<Instant> marked =
        Stream.of(
                marks.decayingSinceOrNull(),
                marks.unconfirmedSinceOrNull(),
                marks.resumedAtOrNull())
            .flatMap(Stream::ofNullable);
    return Stream.of(Stream.of(openedAt), heard, told, marked).flatMap(times -> times);
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
