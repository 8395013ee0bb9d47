package dev.selfheal.remedy;

import dev.selfheal.remedy.Attempt.State.AwaitingApproval;
import java.util.List;
import java.util.Optional;

/**
 * The rules that choose what a further attempt does. They never allow one: that is for the policy's
 * other rules, which know nothing of ladders.
 */
final class LadderRules {

  private LadderRules() {}

  /**
   * The lowest step that was not used yet in this row of failures and that has a weaker action
   * below it which did not help; else the restart. A person who asks for a restart gets one, and
   * who approves gets at most what was put before them.
   */
  static Action choose(Case c) {
    if (c.manual()) {
      return Action.RESTART;
    }
    Ladder ladder = c.situation().standing().ladder();
    if (c.approval()) {
      return approved(c).filter(ladder::has).orElse(Action.RESTART);
    }
    List<Attempt> row = row(c);
    return ladder.steps().stream()
        .filter(step -> row.stream().noneMatch(a -> a.action() == step && a.spends()))
        .filter(step -> row.stream().anyMatch(a -> failedBelow(ladder, step, a)))
        .findFirst()
        .orElse(Action.RESTART);
  }

  private static Optional<Action> approved(Case c) {
    return c.situation().history().stream()
        .filter(attempt -> attempt.state() instanceof AwaitingApproval)
        .map(Attempt::action)
        .findFirst();
  }

  /**
   * The incident's newest attempts, as far back as they failed: whatever else it was, it was well
   * in between. That nobody approved one, or that it was held back, says nothing about the server.
   */
  private static List<Attempt> row(Case c) {
    return c.endedOfIncident().stream()
        .filter(attempt -> attempt.result().filter(Attempt.Result::saysNothing).isEmpty())
        .takeWhile(attempt -> attempt.result().filter(r -> r.outcome().failed()).isPresent())
        .toList();
  }

  /** Only what is known to have been done in vain calls for more, and not what is not known. */
  private static boolean failedBelow(Ladder ladder, Action step, Attempt attempt) {
    boolean inVain =
        attempt.endedWith(Outcome.NOT_RECOVERED)
            || attempt.result().filter(LadderRules::gotStuck).isPresent();
    return inVain && ladder.height(attempt.action()) < ladder.height(step);
  }

  /** A restart that hangs in the stop is what a kill is for. */
  private static boolean gotStuck(Attempt.Result result) {
    return result.outcome() == Outcome.FAILED
        && result.reason() == Reason.COMMAND_TIMED_OUT
        && result.spends();
  }
}
