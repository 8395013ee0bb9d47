package dev.selfheal.dispatch;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.selfheal.ledger.Claim;
import dev.selfheal.ledger.Entry;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.ledger.Query;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Incident;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiver's loop: looks at targets when there is news, when a hold ends, and once a minute,
 * and starts the attempts that come of it.
 */
public final class Dispatch {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

  /** How soon a look is tried again that the ledger did not allow. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final Ledger ledger;
  private final Supplier<Managed> managed;
  private final Ports ports;
  private final Workers workers;
  private final Looks looks;
  private final Remediator remediator;
  private final Attempts attempts;
  private final Announcer announcer;
  private final LedgerTrouble trouble;
  private final RepeatCache repeats;
  private final Incidents incidents;
  private final Operator operator;

  /**
   * @param managed the configuration of the moment
   * @param holder names this receiver's process in the ledger
   */
  public Dispatch(
      Ledger ledger, Supplier<Managed> managed, Ports ports, Workers workers, String holder) {
    this.ledger = ledger;
    this.managed = managed;
    this.ports = ports;
    this.workers = workers;
    Requests requests = new Requests(holder);
    Confirmer confirmer = new Confirmer(ports.evidence(), ports.alertmanager(), workers.clock());
    this.looks = new Looks(workers.clock(), workers.timer(), workers.lookers(), this::look);
    this.remediator = new Remediator(ledger, managed, requests, confirmer, workers.clock());
    this.attempts =
        new Attempts(ledger, ports.restarter(), workers.timer(), workers.clock(), ports.listener());
    this.announcer = new Announcer(ports.listener());
    this.trouble = new LedgerTrouble(ports.ledgerIsDamaged());
    this.repeats = new RepeatCache(Ticker.systemTicker());
    this.incidents = new Incidents(ledger, managed, repeats, looks::soon, ports.listener());
    this.operator =
        new Operator(
            ledger,
            managed,
            requests,
            workers.clock(),
            new Operator.Hands(this::carryOut, this::lookAgain));
  }

  /** Takes in notifications. */
  public Incidents incidents() {
    return incidents;
  }

  /** Takes an operator's orders. */
  public Operator operator() {
    return operator;
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
   * Settles what an earlier receiver left behind, after a look at what became of it. To be called
   * once, before anything else, and only where no other receiver uses the ledger.
   */
  public void adopt() {
    Map<Long, String> states =
        ledger.attempts(new Query(null, true, Query.MOST)).stream()
            .filter(entry -> entry.attempt().running())
            .collect(Collectors.toMap(entry -> entry.attempt().id(), this::unitState));
    for (Entry.OfAttempt orphan : ledger.settleOrphans()) {
      remark(orphan, states.getOrDefault(orphan.attempt().id(), "its unit was not looked at"));
    }
    sweep();
  }

  /** Makes good any timer that was lost, and settles what is overdue. */
  public void sweep() {
    try {
      ledger.settleOverdue().forEach(this::remarkState);
      ledger.openIncidents().forEach(open -> looks.soon(open.place().actuator()));
      trouble.over();
    } catch (LedgerException e) {
      trouble.met(e);
    }
  }

  /** Says that alerts may belong elsewhere from now on. */
  public void configurationChanged() {
    repeats.clear();
    sweep();
  }

  /** Looks at one target now. A failing ledger puts the look off. */
  public void look(String actuator) {
    try {
      Remediator.Look look = remediator.look(actuator);
      trouble.over();
      act(actuator, look);
    } catch (LedgerException e) {
      trouble.met(e);
      looks.at(actuator, workers.clock().instant().plus(LOOK_AGAIN));
    } catch (RuntimeException e) {
      LOG.error("the look at {} broke off", actuator, e);
    }
  }

  private void act(String actuator, Remediator.Look look) {
    Claim claim = look.claim();
    Decision decision = claim.decision();
    announcer.announce(look.target().map(Target::name).orElse(actuator), claim);
    if (decision instanceof Decision.Hold hold && !hold.until().equals(Decision.NO_END)) {
      looks.at(actuator, hold.until());
    } else {
      looks.never(actuator);
    }
    // What is heard while nobody can say is an answer, so none of it may stop at the cache.
    if (decision instanceof Decision.Nothing || decision.reason() == Reason.UNCONFIRMED) {
      repeats.forget(claim.incident());
    }
    look.target().ifPresent(target -> start(target, claim, firingSince(look)));
  }

  private static @Nullable Instant firingSince(Remediator.Look look) {
    return look.before().incident().flatMap(Dispatch::oldest).orElse(null);
  }

  private static Optional<Instant> oldest(Incident incident) {
    return incident.pairs().stream().map(pair -> pair.key().startsAt()).min(Instant::compareTo);
  }

  private void carryOut(Target target, Claim claim) {
    ports.listener().decided(target.name(), claim.decision());
    start(target, claim, null);
  }

  private void start(Target target, Claim claim, @Nullable Instant firingSince) {
    if (claim.decision() instanceof Decision.Restart restart && restart.mode() != Mode.APPROVE) {
      begin(new Attempts.Job(target, claim, firingSince, this::settled), restart.mode());
    }
  }

  private void begin(Attempts.Job job, Mode mode) {
    if (mode == Mode.OBSERVE) {
      looks.soon(job.target().actuator().key());
      return;
    }
    try {
      workers.actors().execute(() -> attempts.carryOut(job));
    } catch (RejectedExecutionException e) {
      LOG.warn("attempt={} is left to the next receiver: this one ends", job.claim().attempt());
    }
  }

  /** The end of an attempt may free a place for targets that the fleet's limits hold. */
  private void settled(String actuator) {
    looks.soon(actuator);
    for (Target target : managed.get().targets()) {
      announcer
          .held(target.name())
          .filter(hold -> hold.reason() == Reason.FLEET_BUSY || hold.reason() == Reason.FLEET_SHARE)
          .ifPresent(hold -> looks.soon(target.actuator().key()));
    }
  }

  private void lookAgain(String scope) {
    if (scope.equals(Ledger.EVERYTHING)) {
      sweep();
    } else {
      looks.soon(scope);
    }
  }

  /** Nobody knows what an abandoned attempt did; its unit may tell. */
  private void remarkState(Entry.OfAttempt ended) {
    if (ended.attempt().running()) {
      remark(ended, unitState(ended));
    }
  }

  private String unitState(Entry.OfAttempt entry) {
    return managed
        .get()
        .acting(entry.place().actuator())
        .map(ports.restarter()::unitState)
        .orElse("the target is not configured any more, so its unit was not looked at");
  }

  private void remark(Entry.OfAttempt abandoned, String state) {
    ledger.remark(abandoned.attempt().id(), state);
    LOG.warn(
        "target={} outcome=abandoned incident={} attempt={}: {}",
        abandoned.place().target(),
        abandoned.attempt().incident(),
        abandoned.attempt().id(),
        state);
  }
}
