package dev.selfheal.app;

import dev.selfheal.dispatch.Dispatch;
import dev.selfheal.dispatch.Workers;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.LedgerException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done again and again, whether anything happens or not. */
final class Rounds {

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  /** A timer that was lost is made good this soon. */
  private static final Duration SWEEP = Duration.ofMinutes(1);

  private static final Duration PRUNE = Duration.ofDays(1);

  /** How long the ledger keeps what has ended. No budget looks further back. */
  private static final Duration KEPT = Duration.ofDays(90);

  private Rounds() {}

  static void begin(Dispatch dispatch, Ledger ledger, Workers workers) {
    every(SWEEP, workers, dispatch::sweep);
    every(PRUNE, workers, () -> prune(ledger));
  }

  /** The timer itself must never wait for a disk. */
  private static void every(Duration period, Workers workers, Runnable round) {
    Future<?> unused =
        workers
            .timer()
            .scheduleAtFixedRate(
                () -> workers.lookers().execute(round),
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
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
