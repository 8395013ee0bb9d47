package dev.selfheal.dispatch;

import dev.selfheal.alertmanager.Payload;
import dev.selfheal.ledger.Claim;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.Target;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiver's loop: looks at targets when there is news, when a hold ends, and once a minute,
 * and starts the attempts that come of it.
 */
public final class Dispatch {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

  private final Ledger ledger;
  private final Workers workers;
  private final DispatchListener listener;
  private final Announcer announcer;
  private final LedgerTrouble trouble;
  private final RepeatCache repeats;
  private final Abandoned abandoned;
  private final Passes passes;
  private final Incidents incidents;
  private final Operator operator;
  private final Escalations escalations;
  private final AtomicBoolean settling = new AtomicBoolean();

  /**
   * @param managed the configuration of the moment
   * @param holder names this receiver's process in the ledger
   */
  public Dispatch(
      Ledger ledger, Supplier<Managed> managed, Ports ports, Workers workers, String holder) {
    this.ledger = ledger;
    this.workers = workers;
    this.listener = new SafeListener(ports.listener(), this::tellPeople);
    this.announcer = new Announcer(listener);
    this.trouble = new LedgerTrouble(ledger::check, ports.ledgerIsDamaged());
    this.repeats = new RepeatCache(workers.nanos()::getAsLong);
    this.abandoned = new Abandoned(ledger, managed, ports.restarter(), listener);
    Requests requests = new Requests(holder, workers.clock());
    Confirmer confirmer =
        new Confirmer(ports.evidence(), ports.alertmanager()::active, workers.clock());
    this.passes =
        new Passes(
            workers,
            new Passes.Parts(
                new Remediator(ledger, managed, requests, confirmer, workers.clock()),
                new Attempts(
                    ledger,
                    ports.restarter(),
                    new Objections(ledger, managed, requests, workers.clock(), trouble),
                    workers,
                    listener,
                    trouble),
                announcer,
                trouble,
                repeats,
                abandoned),
            this::settleOverdue);
    CutAlerts cut = new CutAlerts(ports.alertmanager(), this::takeIn, workers, trouble);
    this.incidents =
        new Incidents(
            ledger,
            managed,
            repeats,
            new Incidents.Attention(passes.looks()::soon, announcer::awaitsNews, cut::heard),
            listener);
    Approvals.Parts approvals = new Approvals.Parts(ledger, managed, requests, repeats);
    this.operator =
        new Operator(
            approvals,
            workers.clock(),
            new Operator.Hands(this::carryOut, this::lookAgain),
            new Approvals(approvals, confirmer, workers.clock(), passes::approved));
    this.escalations =
        new Escalations(
            new EscalatedAlerts(ledger, managed, ports.alertmanager()::incidentsOf, workers.clock())
                ::now,
            ports.alertmanager(),
            workers,
            listener,
            trouble);
  }

  /** Takes in notifications. */
  public Incidents incidents() {
    return incidents;
  }

  /** Takes an operator's orders. */
  public Operator operator() {
    return operator;
  }

  /** Marks what is done to a target that was frozen on purpose. */
  public Drills drills() {
    return new Drills(ledger);
  }

  /** Tells people of what needs them. */
  public Escalations escalations() {
    return escalations;
  }

  /** Knows what was decided last. */
  public Announcer announcer() {
    return announcer;
  }

  /** Knows whether the ledger can be used. */
  public LedgerTrouble trouble() {
    return trouble;
  }

  /**
   * Settles what an earlier receiver left behind, after a look at what became of it; decides on
   * nothing. To be called once, before anything else: it would settle this receiver's own attempts
   * just as well. Only where no other receiver uses the ledger.
   *
   * @throws LedgerException if the ledger cannot be used
   */
  public void adopt() {
    abandoned.settleOrphans();
  }

  /** Makes good any timer that was lost, and has settled what is overdue. */
  public void sweep() {
    settleOverdue();
    try {
      ledger.openIncidents().forEach(open -> passes.looks().soon(open.place().actuator()));
      trouble.over();
    } catch (LedgerException e) {
      trouble.met(e);
    }
  }

  /** Says that alerts may belong elsewhere from now on. */
  public void configurationChanged() {
    repeats.clear();
    escalations.forget();
    sweep();
  }

  /** To read the state of units may take long, so an asker does. Nothing needs to be done twice. */
  private void settleOverdue() {
    if (!settling.compareAndSet(false, true)) {
      return;
    }
    try {
      workers.askers().execute(this::settleOverdueNow);
    } catch (RejectedExecutionException e) {
      settling.set(false); // This receiver ends; the next one does it.
    }
  }

  private void settleOverdueNow() {
    try {
      abandoned
          .settleOverdue(workers.clock().instant())
          .forEach(
              ended ->
                  ended
                      .attempt()
                      .result()
                      .ifPresent(r -> passes.settled(ended.place().actuator(), r)));
    } catch (LedgerException e) {
      trouble.met(e);
    } catch (RuntimeException e) {
      LOG.error("overdue attempts were not settled", e);
    } finally {
      settling.set(false);
    }
  }

  private void tellPeople() {
    escalations.soon();
  }

  private void takeIn(Payload payload) {
    Intake unused = incidents.accept(payload);
  }

  private void carryOut(Target target, Claim claim) {
    listener.decided(target.name(), claim.decision());
    passes.requested(target, claim, Recovery.UNMEASURED, claim.at());
    if (claim.decision().reason() == Reason.OUTCOME_UNKNOWN) {
      passes.looks().soon(target.actuator().key()); // without an incident no timer does
    }
  }

  private void lookAgain(String scope) {
    if (scope.equals(Ledger.EVERYTHING)) {
      sweep();
    } else {
      passes.looks().soon(scope);
    }
  }
}
