package dev.selfheal.dispatch;

import dev.selfheal.ledger.Claim;
import dev.selfheal.ledger.ClaimRequest;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.remedy.Confirmation;
import dev.selfheal.remedy.Incident;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Situation;
import dev.selfheal.remedy.Situation.Question;
import dev.selfheal.remedy.Situation.Trigger;
import dev.selfheal.remedy.Target;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks at one target: asks the policy what to do now, and has it done. A look may come at any time
 * and any number of times; it changes nothing unless something is to be done.
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

  /** A decision that was made and written down, and the target that it is about. */
  public record Look(Optional<Target> target, Claim claim, Situation before) {}

  /**
   * Decides about the target with this actuator's key, configured or not.
   *
   * @throws LedgerException if the ledger cannot be used; nothing was decided then
   */
  Look look(String actuator) {
    Managed now = managed.get();
    Optional<Target> target = now.acting(actuator);
    ClaimRequest request = requests.routine(now, actuator);
    RemediationPolicy policy = now.policy();
    Situation before = ledger.situation(request, policy);
    if (target.isPresent() && policy.needsConfirmation(before, clock.instant())) {
      Incident incident = before.incident().orElseThrow();
      Confirmation confirmation = confirmer.confirm(target.get(), incident);
      request = request.asking(new Question(Trigger.ALERT, confirmation));
    }
    return new Look(target, ledger.claim(request, policy), before);
  }
}
