package dev.selfheal.app;

import dev.selfheal.dispatch.Dispatch;
import dev.selfheal.dispatch.LedgerTrouble;
import dev.selfheal.dispatch.Workers;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.LedgerException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done again and again, whether anything happens or not. */
final class Rounds {

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  /** A timer that was lost is made good this soon. */
  private static final Duration SWEEP = Duration.ofMinutes(1);

  /** How soon Alertmanager is tried again that was away. Nothing is posted that need not be. */
  private static final Duration ESCALATE = Duration.ofSeconds(10);

  private static final Duration PRUNE = Duration.ofDays(1);

  /** Also a receiver that is restarted every night prunes once a day. */
  private static final Duration FIRST_PRUNE = Duration.ofMinutes(10);

  /** How long the ledger keeps what has ended. No budget looks further back. */
  private static final Duration KEPT = Duration.ofDays(90);

  /** What hosts showed of themselves is long, and of interest for some days. */
  private static final Duration EVIDENCE_KEPT = Duration.ofDays(14);

  private Rounds() {}

  /**
   * How often, and how soon first.
   *
   * @param name for the journal
   */
  private record Round(String name, Duration first, Duration period, Runnable work) {}

  /** Whether a round waits for its turn, and the failure that was told last. */
  private record Course(AtomicBoolean waits, AtomicReference<String> told) {}

  static void begin(Dispatch dispatch, Ledger ledger, Workers workers, Supervisor supervisor) {
    begin(dispatch::sweep, () -> prune(ledger), workers.timer(), workers.lookers());
    begin(
        new Round("round of escalations", ESCALATE, ESCALATE, dispatch.escalations()::soon),
        workers.timer(),
        workers.lookers());
    Duration pause = Heartbeat.pause(supervisor);
    if (!pause.isZero()) {
      Runnable beat = () -> beat(dispatch.trouble(), ledger, supervisor);
      begin(new Round("heartbeat", pause, pause, beat), workers.timer(), workers.lookers());
    }
  }

  /** One that cannot write, or whose threads all hang, heals nothing: it is to be restarted. */
  private static void beat(LedgerTrouble trouble, Ledger ledger, Supervisor supervisor) {
    try {
      ledger.check();
      trouble.over();
      supervisor.alive();
    } catch (LedgerException e) {
      trouble.met(e);
    }
  }

  /** The timer itself must never wait for a disk, so the executor does the work. */
  static void begin(
      Runnable sweep, Runnable prune, ScheduledExecutorService timer, Executor executor) {
    begin(new Round("sweep", SWEEP, SWEEP, sweep), timer, executor);
    begin(new Round("prune", FIRST_PRUNE, PRUNE, prune), timer, executor);
  }

  private static void begin(Round round, ScheduledExecutorService timer, Executor executor) {
    Course course = new Course(new AtomicBoolean(), new AtomicReference<>(""));
    Future<?> unused =
        timer.scheduleAtFixedRate(
            () -> handOver(round, course, executor),
            round.first().toMillis(),
            round.period().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** A slow disk must not collect rounds. */
  private static void handOver(Round round, Course course, Executor executor) {
    if (!course.waits().compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(() -> run(round, course));
    } catch (RejectedExecutionException e) {
      course.waits().set(false); // This receiver ends.
    }
  }

  private static void run(Round round, Course course) {
    try {
      round.work().run();
      course.told().set("");
    } catch (RuntimeException e) {
      if (!e.toString().equals(course.told().getAndSet(e.toString()))) {
        LOG.error("a {} broke off; the next one comes as usual", round.name(), e);
      }
    } finally {
      course.waits().set(false);
    }
  }

  private static void prune(Ledger ledger) {
    try {
      ledger.pruneEvidence(EVIDENCE_KEPT);
      int rows = ledger.prune(KEPT);
      LOG.info("the ledger forgot {} rows that ended more than {} days ago", rows, KEPT.toDays());
    } catch (LedgerException e) {
      LOG.warn("the ledger was not pruned: {}", e.getMessage());
    }
  }
}
