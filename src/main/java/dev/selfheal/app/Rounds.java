package dev.selfheal.app;

import dev.selfheal.dispatch.Dispatch;
import dev.selfheal.dispatch.Workers;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.LedgerException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done again and again, whether anything happens or not. */
final class Rounds {

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  /** A timer that was lost is made good this soon. */
  private static final Duration SWEEP = Duration.ofMinutes(1);

  private static final Duration PRUNE = Duration.ofDays(1);

  /** Also a receiver that is restarted every night prunes once a day. */
  private static final Duration FIRST_PRUNE = Duration.ofMinutes(10);

  /** How long the ledger keeps what has ended. No budget looks further back. */
  private static final Duration KEPT = Duration.ofDays(90);

  private Rounds() {}

  /**
   * How often, and how soon first.
   *
   * @param name for the journal
   */
  private record Round(String name, Duration first, Duration period, Runnable work) {}

  static void begin(Dispatch dispatch, Ledger ledger, Workers workers) {
    begin(new Round("sweep", SWEEP, SWEEP, dispatch::sweep), workers);
    begin(new Round("prune", FIRST_PRUNE, PRUNE, () -> prune(ledger)), workers);
  }

  /** The timer itself must never wait for a disk, and a slow disk must not collect rounds. */
  private static void begin(Round round, Workers workers) {
    AtomicBoolean waits = new AtomicBoolean();
    Future<?> unused =
        workers
            .timer()
            .scheduleAtFixedRate(
                () -> handOver(round, waits, workers),
                round.first().toMillis(),
                round.period().toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private static void handOver(Round round, AtomicBoolean waits, Workers workers) {
    if (!waits.compareAndSet(false, true)) {
      return;
    }
    try {
      workers.lookers().execute(() -> run(round, waits));
    } catch (RejectedExecutionException e) {
      waits.set(false); // This receiver ends.
    }
  }

  private static void run(Round round, AtomicBoolean waits) {
    try {
      round.work().run();
    } catch (RuntimeException e) {
      LOG.error("a {} broke off; the next one comes as usual", round.name(), e);
    } finally {
      waits.set(false);
    }
  }

  private static void prune(Ledger ledger) {
    try {
      int rows = ledger.prune(KEPT);
      LOG.info("the ledger forgot {} rows that ended more than {} days ago", rows, KEPT.toDays());
    } catch (LedgerException e) {
      LOG.warn("the ledger was not pruned: {}", e.getMessage());
    }
  }
}
