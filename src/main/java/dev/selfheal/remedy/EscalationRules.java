package dev.selfheal.remedy;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rules that end automatic action and call for a human. */
final class EscalationRules {

  /** So many attempts in a row without recovery, or without need, call for a human. */
  static final int IN_A_ROW = 3;

  private EscalationRules() {}

  /** An escalation outlasts every window: only a resolve or an operator ends it. */
  static @Nullable Decision latched(Case c) {
    return c.situation()
        .incident()
        .flatMap(Incident::escalation)
        .filter(escalation -> escalation.reason().latches())
        .map(escalation -> new Decision.Hold(Decision.NO_END, Reason.ESCALATED))
        .orElse(null);
  }

  /** What the attempts of this incident came to may call for a human. */
  static @Nullable Decision inVain(Case c) {
    if (c.decaying()) {
      return null;
    }
    if (inARow(c, Outcome::failed) >= IN_A_ROW) {
      return RemediationPolicy.escalate(c, Reason.THREE_FAILURES, Decision.NO_END);
    }
    if (foundHealthy(c) >= IN_A_ROW && BudgetRules.backingOff(c) == null) {
      return RemediationPolicy.escalate(c, Reason.THREE_NOT_NEEDED, Decision.NO_END);
    }
    return inARow(c, outcome -> outcome == Outcome.REFUSED) > 0
        ? RemediationPolicy.escalate(c, Reason.RESTART_REFUSED, Decision.NO_END)
        : null;
  }

  /** How often in a row it was found healthy. It does not apply to a person who asked. */
  static int foundHealthy(Case c) {
    return c.manual() ? 0 : inARow(c, outcome -> outcome == Outcome.NOT_NEEDED);
  }

  /**
   * How many of the incident's newest attempts ended so, without another in between. One that
   * nobody approved, or that an order held back, says nothing: a mode that is changed and changed
   * back must neither buy a restart nor call for a human.
   */
  private static int inARow(Case c, Predicate<Outcome> ended) {
    return (int)
        c.endedOfIncident().stream()
            .flatMap(attempt -> attempt.result().stream())
            .filter(result -> !result.saysNothing())
            .map(Attempt.Result::outcome)
            .takeWhile(ended)
            .count();
  }
}
