package dev.selfheal.remedy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is to be done about a target now. A pure function of the situation and the time; the
 * order of its rules is the order in which a refusal is the most useful one to an operator.
 */
public final class RemediationPolicy {

  /** How long an attempt may wait for an operator's approval. */
  public static final Duration APPROVAL_LIMIT = Duration.ofMinutes(30);

  /** Times of the ledger that lie further ahead than this show that a clock is or was wrong. */
  public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  /** What is refused whatever anybody else could say. */
  private static final List<Rule> GATES =
      List.of(
          GateRules::over,
          GateRules::paused,
          GateRules::clockAhead,
          GateRules::running,
          GateRules::outcomeUnknown,
          GateRules::awaitingApproval);

  /** To call a human touches nothing, so quiet hours neither put it off nor hide it. */
  private static final List<Rule> RULES =
      List.of(
          ConfirmationRules::unconfirmed,
          EscalationRules::latched,
          EscalationRules::inVain,
          RemediationPolicy::quiet,
          BudgetRules::budget,
          BudgetRules::cooldown,
          BudgetRules::backingOff,
          RemediationPolicy::externalRestart,
          RemediationPolicy::decaying,
          FleetRules::concurrency,
          FleetRules::share);

  /** What people have said, which holds back what has begun as well, until it touches something. */
  private static final List<Rule> ORDERS =
      List.of(
          GateRules::removed, GateRules::paused, RemediationPolicy::quiet, GateRules::modeChanged);

  /** One sentence of the policy: a refusal, or null if it has nothing against a restart. */
  private interface Rule extends Function<Case, @Nullable Decision> {}

  private final PolicyLimits limits;

  public RemediationPolicy(PolicyLimits limits) {
    this.limits = limits;
  }

  /** The numbers that this policy goes by. */
  public PolicyLimits limits() {
    return limits;
  }

  /** What is to be done now. */
  public Decision decide(Situation situation, Instant now) {
    Case c = new Case(situation, now, limits);
    return refusal(GATES, c).or(() -> refusal(RULES, c)).orElseGet(() -> restart(c));
  }

  /**
   * What holds a started attempt back that has touched nothing yet: the orders of people, and not
   * what the attempt itself has changed.
   *
   * @param situation as it is now, with the question that the attempt came of
   */
  public Optional<Reason> holdsBack(Situation situation, Instant now) {
    return refusal(ORDERS, new Case(situation, now, limits)).map(Decision::reason);
  }

  /**
   * Whether the target's evidence, or else Alertmanager, must be asked before this can be decided.
   */
  public boolean needsConfirmation(Situation situation, Instant now) {
    Case c = new Case(situation, now, limits);
    return ConfirmationRules.needed(c) && refusal(GATES, c).isEmpty();
  }

  /** Whether a decaying incident was found stalled at the end of its decay, and is open again. */
  public boolean reopens(Situation situation, Instant now) {
    Case c = new Case(situation, now, limits);
    boolean decayIsOver = c.decayingSince().isPresent() && !c.decaying();
    boolean stalled = situation.question().confirmation() == Confirmation.STALLED;
    return decayIsOver
        && !c.manual()
        && refusal(GATES, c).isEmpty()
        && EscalationRules.latched(c) == null
        && (stalled || !ConfirmationRules.needed(c));
  }

  /** How many restarts the tightest budget has left; {@link Integer#MAX_VALUE} without budgets. */
  public int budgetLeft(Situation situation, Instant now) {
    return BudgetRules.remaining(new Case(situation, now, limits));
  }

  /** Observing escalates nothing, and a person who asked or approved is answered instead. */
  static Decision escalate(Case c, Reason reason, Instant until) {
    return c.observing() || c.manual() || c.approval()
        ? new Decision.Hold(until, reason)
        : new Decision.Escalate(reason);
  }

  private static Decision restart(Case c) {
    Reason reason =
        switch (c.situation().question().trigger()) {
          case MANUAL -> Reason.REQUESTED;
          case APPROVAL -> Reason.APPROVED;
          case ALERT -> c.endedOfIncident().isEmpty() ? Reason.ALERT_FIRING : Reason.STILL_FIRING;
        };
    Mode mode = c.situation().standing().mode();
    return new Decision.Restart(c.approval() ? Mode.ACT : mode, reason, LadderRules.choose(c));
  }

  private static Optional<Decision> refusal(List<Rule> rules, Case c) {
    return rules.stream().map(rule -> rule.apply(c)).filter(Objects::nonNull).findFirst();
  }

  private static @Nullable Decision quiet(Case c) {
    return Optional.ofNullable(c.situation().standing().quietUntilOrNull())
        .filter(c.now()::isBefore)
        .map(until -> new Decision.Hold(until, Reason.QUIET_HOURS))
        .orElse(null);
  }

  private static @Nullable Decision externalRestart(Case c) {
    return Optional.ofNullable(c.situation().standing().externalRestartOrNull())
        .flatMap(at -> c.ends(at, c.limits().settle()))
        .map(until -> new Decision.Hold(until, Reason.EXTERNAL_RESTART))
        .orElse(null);
  }

  private static @Nullable Decision decaying(Case c) {
    return c.decayEnds().map(until -> new Decision.Hold(until, Reason.DECAYING)).orElse(null);
  }
}
