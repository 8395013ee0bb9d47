package dev.selfheal.dispatch;

import dev.selfheal.ledger.Claim;
import dev.selfheal.ledger.ClaimRequest;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.ledger.Query;
import dev.selfheal.remedy.Confirmation;
import dev.selfheal.remedy.Incident;
import dev.selfheal.remedy.Pair;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Situation;
import dev.selfheal.remedy.Situation.Question;
import dev.selfheal.remedy.Situation.Trigger;
import dev.selfheal.remedy.Target;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks at one target: asks the policy what to do now, and has it written down. A look may come at
 * any time and any number of times; it changes nothing unless something is to be done.
 */
public final class Remediator {

  private final Ledger ledger;
  private final Supplier<Managed> managed;
  private final Requests requests;
  private final Confirmer confirmer;
  private final Clock clock;

  /**
   * @param clock only says when to ask for confirmation; the ledger's own time decides
   */
  public Remediator(
      Ledger ledger,
      Supplier<Managed> managed,
      Requests requests,
      Confirmer confirmer,
      Clock clock) {
    this.ledger = ledger;
    this.managed = managed;
    this.requests = requests;
    this.confirmer = confirmer;
    this.clock = clock;
  }

  /**
   * How a target stands before anything is decided about it.
   *
   * @param name the target's, also if it is not configured any more
   * @param unasked whether somebody must be asked before the policy can decide
   */
  public record Study(
      String name,
      Optional<Target> target,
      ClaimRequest request,
      RemediationPolicy policy,
      Situation before,
      boolean unasked) {

    /** The open incident; 0 if there is none. */
    long incident() {
      return before.incident().map(Incident::id).orElse(0L);
    }
  }

  /**
   * Reads how the target with this actuator's key stands, configured or not.
   *
   * @throws LedgerException if the ledger cannot be read
   */
  Study study(String actuator) {
    Managed now = managed.get();
    Optional<Target> target = now.acting(actuator);
    ClaimRequest request = requests.routine(now, actuator);
    Situation before = ledger.situation(request, now.policy());
    return new Study(
        target.map(Target::name).orElseGet(() -> formerName(actuator)),
        target,
        request,
        now.policy(),
        before,
        target.isPresent() && now.policy().needsConfirmation(before, clock.instant()));
  }

  /**
   * Decides, and writes the decision down.
   *
   * @throws LedgerException if the ledger cannot be used; nothing was decided then
   */
  Claim claim(Study study) {
    return ledger.claim(study.request(), study.policy());
  }

  /** Asks whether the target's old news still hold; blocks while it does. */
  Confirmation ask(Study study) {
    return study
        .target()
        .flatMap(target -> study.before().incident().map(i -> confirmer.confirm(target, i)))
        .orElse(Confirmation.UNKNOWN);
  }

  /**
   * The same study by the configuration of now, which may have changed while somebody was asked.
   */
  Study renewed(Study study) {
    Managed now = managed.get();
    String actuator = study.request().place().actuator();
    Optional<Target> target = now.acting(actuator);
    return new Study(
        target.map(Target::name).orElse(study.name()),
        target,
        requests.routine(now, actuator),
        now.policy(),
        study.before(),
        false);
  }

  /**
   * Decides with an answer, which is about the news that were known when it was asked for.
   *
   * @throws LedgerException if the ledger cannot be used; nothing was decided then
   */
  Claim claim(Study study, Confirmation answer) {
    List<Pair> about = study.before().incident().map(Incident::pairs).orElse(List.of());
    Question question = new Question(Trigger.ALERT, answer, about);
    return ledger.claim(study.request().asking(question), study.policy());
  }

  private String formerName(String actuator) {
    return ledger.incidents(new Query(actuator, true, 1)).stream()
        .map(open -> open.place().target())
        .findFirst()
        .orElse(actuator);
  }
}
