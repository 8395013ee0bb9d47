package dev.selfheal.remedy;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision about one target depends on, except the time.
 *
 * @param standing how the target is to be treated at present
 * @param incidentOrNull its open incident
 * @param history attempts on its actuator, newest first: those in any budget's window, those of the
 *     open incident, and any that has not ended
 * @param fleet what the other targets go through
 * @param question who asks, and what is known beyond notifications
 */
public record Situation(
    Standing standing,
    @Nullable Incident incidentOrNull,
    List<Attempt> history,
    Fleet fleet,
    Question question) {

  public Situation {
    history = List.copyOf(history);
  }

  /** The target's open incident. */
  public Optional<Incident> incident() {
    return Optional.ofNullable(incidentOrNull);
  }

  /** The same situation with another incident in it. */
  public Situation with(Incident incident) {
    return new Situation(standing, incident, history, fleet, question);
  }

  /**
   * How a target is to be treated at present.
   *
   * @param actuator key of what a restart acts on
   * @param configured whether the configuration still has the target
   * @param pauseOrNull an operator's order, on this target or on all, whichever lasts longer
   * @param quietUntilOrNull when the quiet hours of now end
   * @param externalRestartOrNull when somebody else was last seen to have restarted it
   * @param unsightedSinceOrNull since when nobody knows what its last attempt did
   * @param ladder its stronger actions
   */
  public record Standing(
      String actuator,
      boolean configured,
      Mode mode,
      @Nullable Pause pauseOrNull,
      @Nullable Instant quietUntilOrNull,
      @Nullable Instant externalRestartOrNull,
      @Nullable Instant unsightedSinceOrNull,
      Ladder ladder) {}

  /** Who wants a restart. */
  public enum Trigger {
    ALERT,
    MANUAL,
    APPROVAL
  }

  /**
   * Who asks, and what is known beyond notifications.
   *
   * @param aboutOrNull the pairs that were known when it was asked whether they still hold, so that
   *     an answer never ends what was heard since; null for all
   */
  public record Question(
      Trigger trigger, Confirmation confirmation, @Nullable List<Pair> aboutOrNull) {

    public Question {
      aboutOrNull = aboutOrNull == null ? null : List.copyOf(aboutOrNull);
    }

    /** A question with an answer that is about all that is known. */
    public Question(Trigger trigger, Confirmation confirmation) {
      this(trigger, confirmation, null);
    }

    /** Whether the answer is about all of these, as they were last heard of. */
    boolean isAbout(List<Pair> pairs) {
      // As a set, because a storm may have left tens of thousands.
      return aboutOrNull == null || new HashSet<>(aboutOrNull).containsAll(pairs);
    }

    /** A pass that was prompted by nothing but open incidents. */
    public static final Question ROUTINE = new Question(Trigger.ALERT, Confirmation.NOT_ASKED);

    /** An operator's consent to what waits for it. */
    public static final Question APPROVAL = new Question(Trigger.APPROVAL, Confirmation.NOT_ASKED);

    /** An operator's request. */
    public static final Question MANUAL = new Question(Trigger.MANUAL, Confirmation.NOT_ASKED);
  }
}
