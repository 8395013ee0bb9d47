package dev.selfheal.dispatch;

import dev.selfheal.ledger.ClaimRequest;
import dev.selfheal.ledger.ClaimRequest.Rules;
import dev.selfheal.ledger.ClaimRequest.Terms;
import dev.selfheal.ledger.News.Place;
import dev.selfheal.remedy.Ladder;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Permission;
import dev.selfheal.remedy.Situation.Question;
import dev.selfheal.remedy.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Words the wish to decide about a target, in the name of one receiver. */
public final class Requests {

  private final String holder;
  private final Clock clock;

  /**
   * @param holder names this receiver's process in the ledger
   * @param clock tells whether it is a quiet hour
   */
  public Requests(String holder, Clock clock) {
    this.holder = holder;
    this.clock = clock;
  }

  /** The wish of a pass that was prompted by nothing but open incidents. */
  ClaimRequest routine(Managed managed, String actuator) {
    Optional<Target> target = managed.acting(actuator);
    return new ClaimRequest(
        target.map(Managed::place).orElse(new Place(actuator, actuator)),
        target.map(t -> rules(managed, t)).orElseGet(() -> removed(managed)),
        Question.ROUTINE,
        new Terms(holder, target.map(Target::attemptLimit).orElse(Duration.ZERO), ""));
  }

  /** An operator's wish. */
  ClaimRequest manual(Managed managed, Target target, String words) {
    return new ClaimRequest(
        Managed.place(target),
        rules(managed, target),
        Question.MANUAL,
        new Terms(holder, target.attemptLimit(), words));
  }

  /** An operator's consent to the attempt with this number. */
  ClaimRequest approval(Managed managed, Target target, long attempt) {
    return new ClaimRequest(
        Managed.place(target),
        rules(managed, target),
        Question.APPROVAL,
        new Terms(holder, target.attemptLimit(), "", attempt));
  }

  private Rules rules(Managed managed, Target target) {
    Permission permission = managed.permission(target);
    return new Rules(
        true,
        permission.mode(),
        managed.targets().size(),
        permission.quietUntil(clock.instant()).orElse(null),
        target.control().ladder());
  }

  private static Rules removed(Managed managed) {
    return new Rules(false, Mode.ACT, managed.targets().size(), null, Ladder.NONE);
  }
}
