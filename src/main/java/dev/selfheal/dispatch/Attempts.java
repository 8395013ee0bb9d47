package dev.selfheal.dispatch;

import dev.selfheal.action.InterruptedAttempt;
import dev.selfheal.action.LastWord;
import dev.selfheal.action.Order;
import dev.selfheal.action.Report;
import dev.selfheal.action.Restarter;
import dev.selfheal.ledger.Claim;
import dev.selfheal.ledger.Entry;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.ledger.Settlement;
import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.Situation.Question;
import dev.selfheal.remedy.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out attempts that are in the ledger, and settles each of them once. */
public final class Attempts {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  /** How soon a settlement is tried again that the ledger could not take. */
  private static final Duration SETTLE_AGAIN = Duration.ofSeconds(2);

  private final Ledger ledger;
  private final Restarter restarter;
  private final Objections objections;
  private final Workers workers;
  private final DispatchListener listener;
  private final LedgerTrouble trouble;

  Attempts(
      Ledger ledger,
      Restarter restarter,
      Objections objections,
      Workers workers,
      DispatchListener listener,
      LedgerTrouble trouble) {
    this.ledger = ledger;
    this.restarter = restarter;
    this.objections = objections;
    this.workers = workers;
    this.listener = listener;
    this.trouble = trouble;
  }

  /**
   * An attempt that was written down as started.
   *
   * @param question what it came of
   * @param newsAt when this receiver began to know what the attempt is for
   * @param afterwards is told the actuator's key and the result when the attempt is settled
   */
  record Job(
      Target target,
      Claim claim,
      Question question,
      Recovery recovery,
      Instant newsAt,
      BiConsumer<String, Result> afterwards) {

    Order order(LastWord lastWord) {
      boolean manual = claim.decision().reason() == Reason.REQUESTED;
      return new Order(target, claim.at(), newsAt, manual, action(), lastWord);
    }

    Action action() {
      return claim.decision() instanceof Decision.Restart restart
          ? restart.action()
          : Action.RESTART;
    }

    String actuator() {
      return target.actuator().key();
    }
  }

  /** Carries out an attempt to its end. */
  void carryOut(Job job) {
    Duration waited = Duration.between(job.claim().openedAt(), job.claim().at());
    listener.started(job.target().name(), waited.isNegative() ? Duration.ZERO : waited);
    run(job).ifPresent(report -> settle(job, report));
  }

  /** An attempt was written down that touches nothing, or nothing yet. */
  void note(Target target, long attempt, Mode mode) {
    if (mode == Mode.OBSERVE) {
      Result observed = Result.of(Outcome.OBSERVED, Reason.WOULD_RESTART);
      LOG.info(
          "target={} outcome=observed attempt={}: {}",
          target.name(),
          attempt,
          observed.reason().sentence());
      listener.ended(target.name(), observed, Optional.empty());
    } else {
      LOG.warn(
          "target={} attempt={} waits for approval: selfheal approve {}",
          target.name(),
          attempt,
          attempt);
    }
  }

  /** A decision has ended attempts that waited for approval. */
  void expired(List<Entry.OfAttempt> expired) {
    new Expiries(listener).tell(expired);
  }

  private Optional<Report> run(Job job) {
    Claim claim = job.claim();
    LastWord lastWord = () -> objections.to(job.actuator(), job.question());
    try {
      return Optional.of(restarter.restart(job.order(lastWord)));
    } catch (InterruptedAttempt e) {
      LOG.warn(
          "target={} attempt={}: this receiver ends while the attempt runs; the next one will"
              + " settle it as abandoned",
          job.target().name(),
          claim.attempt());
      return Optional.empty();
    } catch (RuntimeException | Error e) { // an attempt that nobody settles would hold the fleet
      LOG.error("target={} attempt={} broke off", job.target().name(), claim.attempt(), e);
      return Optional.of(
          new Report(Result.of(Outcome.ABANDONED, Reason.UNEXPECTED_ERROR), e.toString()));
    }
  }

  /**
   * What is known now is kept until the ledger takes it; only the end of this process loses it. An
   * order to end that comes this late waits for the ledger's few milliseconds.
   */
  private void settle(Job job, Report report) {
    boolean ending = Thread.interrupted();
    try {
      boolean first = write(job, report);
      trouble.over();
      if (first) {
        announce(job, report.result());
      }
      job.afterwards().accept(job.actuator(), report.result());
    } catch (LedgerException.Refused e) {
      trouble.met(e);
      settleWithoutText(job, report);
    } catch (LedgerException e) {
      trouble.met(e);
      settleLater(job, report);
    } finally {
      if (ending) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean write(Job job, Report report) {
    long attempt = job.claim().attempt();
    boolean first =
        ledger.settle(attempt, new Settlement(report.result(), report.text(), report.evidence()));
    if (!first) {
      ledger.remark(attempt, "ended later: " + report.result() + " " + report.text());
    }
    return first;
  }

  /** A row that is refused once is refused for ever; the result matters more than its story. */
  private void settleWithoutText(Job job, Report report) {
    if (!report.text().isEmpty()) {
      settle(job, new Report(report.result(), ""));
    } else {
      LOG.error("attempt={} will be settled at its deadline", job.claim().attempt());
    }
  }

  /** The timer must not wait for the disk, so a looker does. */
  private void settleLater(Job job, Report report) {
    try {
      Future<?> unused =
          workers
              .timer()
              .schedule(
                  () -> workers.lookers().execute(() -> settle(job, report)),
                  SETTLE_AGAIN.toMillis(),
                  TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.warn(
          "attempt={} is left to the next receiver: this one ends, and the ledger did not take {}",
          job.claim().attempt(),
          report.result());
    }
  }

  private void announce(Job job, Result result) {
    String line =
        "target=%s outcome=%s reason=%s incident=%d attempt=%d action=%s: %s"
            .formatted(
                job.target().name(),
                result.outcome().label(),
                result.reason().label(),
                job.claim().incident(),
                job.claim().attempt(),
                job.action().label(),
                result.reason().sentence());
    if (result.outcome() == Outcome.RECOVERED) {
      LOG.info("{}", line);
    } else {
      LOG.warn("{}", line);
    }
    listener.ended(
        job.target().name(),
        result,
        result.outcome() == Outcome.RECOVERED
            ? job.recovery().took(workers.clock().instant())
            : Optional.empty());
  }
}
