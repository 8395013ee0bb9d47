package dev.selfheal.remedy;

import java.time.Instant;
import java.util.Optional;

/**
 * One try to restart a target, as the ledger knows it.
 *
 * @param id the ledger's number for it
 * @param incident the incident it belongs to
 * @param mode the mode in which it was decided
 * @param startedAt when it was started, or put before an operator
 * @param state what has become of it
 * @param action what it does
 */
public record Attempt(
    long id, long incident, Mode mode, Instant startedAt, State state, Action action) {

  /** One that restarts. */
  public Attempt(long id, long incident, Mode mode, Instant startedAt, State state) {
    this(id, incident, mode, startedAt, state, Action.RESTART);
  }

  /** What has become of an attempt. */
  public sealed interface State {
    /** It waits for an operator until {@code expires}. */
    record AwaitingApproval(Instant expires) implements State {}

    /** Its holder acts, and has stopped before {@code deadline}. */
    record Started(Instant deadline) implements State {}

    /** It has ended. */
    record Settled(Instant at, Result result) implements State {}
  }

  /**
   * How an attempt ended.
   *
   * @param spends whether it uses up budget
   */
  public record Result(Outcome outcome, Reason reason, boolean spends) {

    /** A result that spends as its outcome usually does. */
    public static Result of(Outcome outcome, Reason reason) {
      return new Result(outcome, reason, outcome.spends());
    }

    /** A failure that provably touched nothing, and so spends nothing. */
    public static Result untouched(Reason reason) {
      return new Result(Outcome.FAILED, reason, false);
    }

    /** Held back right before the act by what {@linkplain Reason#holdsBack can do so}. */
    public static Result heldBack(Reason reason) {
      return of(Outcome.REFUSED, reason);
    }

    /** Whether it says nothing about the server: nobody approved it, or it was held back. */
    public boolean saysNothing() {
      return outcome == Outcome.EXPIRED || (outcome == Outcome.REFUSED && reason.holdsBack());
    }
  }

  /** Whether its holder acts, as far as the ledger knows. */
  public boolean running() {
    return state instanceof State.Started;
  }

  /** How it ended, if it has. */
  public Optional<Result> result() {
    return state instanceof State.Settled settled
        ? Optional.of(settled.result())
        : Optional.empty();
  }

  /** Whether it has ended, and so. */
  public boolean endedWith(Outcome outcome) {
    return result().filter(result -> result.outcome() == outcome).isPresent();
  }

  /** When it ended, if it has. */
  public Optional<Instant> endedAt() {
    return state instanceof State.Settled settled ? Optional.of(settled.at()) : Optional.empty();
  }

  /** Whether it uses up budget: everything that was started does until it is known better. */
  public boolean spends() {
    return running() || result().map(Result::spends).orElse(false);
  }
}
