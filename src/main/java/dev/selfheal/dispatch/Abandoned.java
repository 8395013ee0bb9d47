package dev.selfheal.dispatch;

import dev.selfheal.action.Restarter;
import dev.selfheal.action.Sighting;
import dev.selfheal.ledger.Entry;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.ledger.Query;
import dev.selfheal.remedy.Attempt;
import dev.selfheal.remedy.Attempt.State;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles attempts that their holder will not end. Nobody knows what such an attempt did, so its
 * unit is looked at first: once it is settled, the next claim may come at any moment.
 */
final class Abandoned {

  private static final Logger LOG = LoggerFactory.getLogger(Abandoned.class);
  private static final Sighting UNREAD = new Sighting(false, "its unit was not looked at");

  private final Ledger ledger;
  private final Supplier<Managed> managed;
  private final Restarter restarter;
  private final DispatchListener listener;

  Abandoned(
      Ledger ledger, Supplier<Managed> managed, Restarter restarter, DispatchListener listener) {
    this.ledger = ledger;
    this.managed = managed;
    this.restarter = restarter;
    this.listener = listener;
  }

  /**
   * Settles what an earlier receiver left behind.
   *
   * @throws LedgerException if the ledger cannot be used
   */
  void settleOrphans() {
    Map<Long, Sighting> states = unitStates(Attempt::running);
    ledger.settleOrphans().forEach(ended -> note(ended, states));
  }

  /**
   * Settles what is past its deadline.
   *
   * @return those it settled
   * @throws LedgerException if the ledger cannot be used
   */
  List<Entry.OfAttempt> settleOverdue(Instant now) {
    Map<Long, Sighting> states = unitStates(attempt -> overdue(attempt, now));
    List<Entry.OfAttempt> settled = ledger.settleOverdue();
    settled.forEach(ended -> note(ended, states));
    return settled;
  }

  private static boolean overdue(Attempt attempt, Instant now) {
    return attempt.state() instanceof State.Started started && !started.deadline().isAfter(now);
  }

  private Map<Long, Sighting> unitStates(Predicate<Attempt> which) {
    return ledger.attempts(new Query(null, true, Query.MOST)).stream()
        .filter(entry -> which.test(entry.attempt()))
        .collect(Collectors.toMap(entry -> entry.attempt().id(), this::unitState));
  }

  /**
   * Looks again at a target of which nobody knows what its last attempt did.
   *
   * @return whether it is known now
   * @throws LedgerException if the ledger cannot be used
   */
  boolean sight(Target target) {
    Sighting sighting = look(target);
    if (sighting.seen()) {
      LOG.info("target={} is seen again: {}", target.name(), sighting.text());
      ledger.sighted(target.actuator().key(), "seen again: " + sighting.text());
    } else {
      LOG.debug("target={} is not seen: {}", target.name(), sighting.text());
    }
    return sighting.seen();
  }

  private Sighting unitState(Entry.OfAttempt entry) {
    return managed
        .get()
        .acting(entry.place().actuator())
        .map(this::look)
        .orElseGet(
            () ->
                new Sighting(false, "the target is not configured any more, so " + UNREAD.text()));
  }

  private Sighting look(Target target) {
    try {
      return restarter.look(target);
    } catch (RuntimeException e) {
      LOG.error("the unit of target={} cannot be read", target.name(), e);
      return new Sighting(false, UNREAD.text() + ": " + e);
    }
  }

  private void note(Entry.OfAttempt ended, Map<Long, Sighting> states) {
    Attempt attempt = ended.attempt();
    if (!attempt.endedWith(Outcome.ABANDONED)) {
      new Expiries(listener).tell(ended); // It waited in vain, and nothing was touched.
      return;
    }
    Sighting state = states.getOrDefault(attempt.id(), UNREAD);
    LOG.warn(
        "target={} outcome=abandoned reason={} incident={} attempt={}: {}",
        ended.place().target(),
        attempt.result().map(result -> result.reason().label()).orElse(""),
        attempt.incident(),
        attempt.id(),
        state.text());
    attempt.result().ifPresent(r -> listener.ended(ended.place().target(), r, Optional.empty()));
    if (state.seen()) {
      ledger.sighted(ended.place().actuator(), state.text());
    } else {
      ledger.remark(attempt.id(), state.text());
    }
  }
}
