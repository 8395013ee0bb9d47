package dev.selfheal.dispatch;

import dev.selfheal.ledger.ClaimRequest;
import dev.selfheal.ledger.ClaimRequest.Rules;
import dev.selfheal.ledger.ClaimRequest.Terms;
import dev.selfheal.ledger.News.Place;
import dev.selfheal.remedy.Situation.Question;
import dev.selfheal.remedy.Target;
import java.time.Duration;
import java.util.Optional;

/** Words the wish to decide about a target, in the name of one receiver. */
public final class Requests {

  private final String holder;

  /**
   * @param holder names this receiver's process in the ledger
   */
  public Requests(String holder) {
    this.holder = holder;
  }

  /** The wish of a pass that was prompted by nothing but open incidents. */
  ClaimRequest routine(Managed managed, String actuator) {
    Optional<Target> target = managed.acting(actuator);
    return new ClaimRequest(
        target.map(Managed::place).orElse(new Place(actuator, actuator)),
        rules(managed, target.isPresent()),
        Question.ROUTINE,
        new Terms(holder, target.map(Target::attemptLimit).orElse(Duration.ZERO), ""));
  }

  /** An operator's wish. */
  ClaimRequest manual(Managed managed, Target target, String words) {
    return new ClaimRequest(
        Managed.place(target),
        rules(managed, true),
        Question.MANUAL,
        new Terms(holder, target.attemptLimit(), words));
  }

  private static Rules rules(Managed managed, boolean configured) {
    return new Rules(configured, managed.mode(), managed.targets().size(), null);
  }
}
