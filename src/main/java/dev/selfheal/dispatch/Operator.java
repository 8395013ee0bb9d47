package dev.selfheal.dispatch;

import dev.selfheal.ledger.Claim;
import dev.selfheal.ledger.ClaimRequest;
import dev.selfheal.ledger.Entry;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Pause;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's hand on the receiver: asks for restarts, pauses, resumes. */
public final class Operator {

  private static final Logger LOG = LoggerFactory.getLogger(Operator.class);

  private final Ledger ledger;
  private final Supplier<Managed> managed;
  private final Requests requests;
  private final Clock clock;
  private final Hands hands;
  private final Approvals approvals;

  /**
   * What carries out the operator's orders.
   *
   * @param restart carries out an attempt that was written down
   * @param look looks again at a target, by its actuator's key, or at all
   */
  record Hands(BiConsumer<Target, Claim> restart, Consumer<String> look) {}

  Operator(Approvals.Parts parts, Clock clock, Hands hands, Approvals approvals) {
    this.ledger = parts.ledger();
    this.managed = parts.managed();
    this.requests = parts.requests();
    this.clock = clock;
    this.hands = hands;
    this.approvals = approvals;
  }

  /** What became of a request. */
  public sealed interface Answer {
    /** The attempt is in the ledger, and under way. */
    record Started(Claim claim) implements Answer {}

    /** The attempt is in the ledger, and waits for an operator's approval. */
    record Waits(Claim claim) implements Answer {}

    /** The wish is in the ledger, and nothing is done about it: the mode is observe. */
    record Observed(Claim claim) implements Answer {}

    /** The attempt does not wait for approval, or not any more. */
    record Over(Entry.OfAttempt entry) implements Answer {}

    /**
     * This would be decided now; nothing was written or touched.
     *
     * @param mode what becomes of the wish to restart at present
     */
    record WouldBe(Decision decision, Mode mode) implements Answer {}

    /** The policy holds it. */
    record Held(Decision decision) implements Answer {}
  }

  /**
   * Asks for the restart of a target.
   *
   * @param words why, in the operator's own words
   * @return empty if there is no target with this name
   * @throws dev.selfheal.ledger.LedgerException if the ledger cannot be written; nothing is
   *     restarted then
   */
  public Optional<Answer> restart(String name, String words) {
    Managed now = managed.get();
    return now.named(name).map(target -> restart(now, target, words));
  }

  private Answer restart(Managed now, Target target, String words) {
    ClaimRequest request = requests.manual(now, target, words);
    Claim claim = ledger.claim(request, now.policy());
    LOG.info(
        "target={} decision={} reason={} incident={} attempt={}: requested by an operator: {}",
        target.name(),
        claim.decision().label(),
        claim.decision().reason().label(),
        claim.incident(),
        claim.attempt() == 0 ? "-" : claim.attempt(),
        LogText.of(words));
    hands.restart().accept(target, claim);
    return answer(claim);
  }

  private static Answer answer(Claim claim) {
    if (!(claim.decision() instanceof Decision.Restart restart)) {
      return new Answer.Held(claim.decision());
    }
    return switch (restart.mode()) {
      case ACT -> new Answer.Started(claim);
      case APPROVE -> new Answer.Waits(claim);
      case OBSERVE -> new Answer.Observed(claim);
    };
  }

  /**
   * Consents to an attempt that waits for it. Asks first whether old news still hold, which takes
   * up to half a minute where the host does not answer.
   *
   * @param words why, in the operator's own words
   * @return empty if there is no attempt with this number
   * @throws dev.selfheal.ledger.LedgerException if the ledger cannot be written; nothing is
   *     restarted then
   */
  public Optional<Answer> approve(long attempt, String words) {
    return approvals.approve(attempt, words);
  }

  /** What {@link #restart} would decide now; empty if there is no target with this name. */
  public Optional<Answer> rehearse(String name) {
    Managed now = managed.get();
    return now.named(name)
        .map(target -> requests.manual(now, target, ""))
        .map(request -> ledger.situation(request, now.policy()))
        .map(
            situation ->
                new Answer.WouldBe(
                    now.policy().decide(situation, clock.instant()), situation.standing().mode()));
  }

  /**
   * Stops automatic action.
   *
   * @param target null for all
   * @param forOrNull how long; null until somebody resumes
   */
  public void pause(@Nullable Target target, @Nullable Duration forOrNull, String words) {
    Instant until = forOrNull == null ? Decision.NO_END : clock.instant().plus(forOrNull);
    ledger.pause(scope(target), new Pause(until, words));
    LOG.warn(
        "automatic action is paused: target={} until={} reason={}",
        target == null ? "all" : target.name(),
        forOrNull == null ? "resumed" : until,
        LogText.of(words));
    hands.look().accept(scope(target));
  }

  /**
   * Ends a pause, and any escalation, and makes good what the ledger wrote while the clock was
   * ahead.
   *
   * @return the pause of all targets that still holds the one
   */
  public Optional<Pause> resume(@Nullable Target target) {
    int ahead = ledger.resume(scope(target));
    if (ahead > 0) {
      LOG.warn(
          "{} times in the ledger, of any target, lay more than {} minutes ahead of the clock and"
              + " count as of now: what they spent is spent, their alerts must be confirmed",
          ahead,
          RemediationPolicy.CLOCK_TOLERANCE.toMinutes());
    }
    Optional<Pause> left = Optional.ofNullable(target).flatMap(this::pauseOf);
    LOG.warn(
        "automatic action is resumed: target={}{}",
        target == null ? "all" : target.name(),
        left.isPresent() ? ", which the pause of all targets still holds" : "");
    hands.look().accept(ahead > 0 ? Ledger.EVERYTHING : scope(target));
    return left;
  }

  private Optional<Pause> pauseOf(Target target) {
    Managed now = managed.get();
    ClaimRequest request = requests.manual(now, target, "");
    return Optional.ofNullable(ledger.situation(request, now.policy()).standing().pauseOrNull())
        .filter(pause -> pause.holdsAt(clock.instant()));
  }

  private static String scope(@Nullable Target target) {
    return target == null ? Ledger.EVERYTHING : target.actuator().key();
  }
}
