package dev.selfheal.dispatch;

import dev.selfheal.action.InterruptedAttempt;
import dev.selfheal.action.Report;
import dev.selfheal.action.Restarter;
import dev.selfheal.ledger.Claim;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out attempts that are in the ledger, and settles each of them once. */
public final class Attempts {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  /** How soon a settlement is tried again that the ledger could not take. */
  private static final Duration SETTLE_AGAIN = Duration.ofSeconds(2);

  /** A startsAt further back than this is not a time to measure from. */
  private static final Duration LONGEST_INCIDENT = Duration.ofDays(7);

  private final Ledger ledger;
  private final Restarter restarter;
  private final ScheduledExecutorService timer;
  private final Clock clock;
  private final DispatchListener listener;

  public Attempts(
      Ledger ledger,
      Restarter restarter,
      ScheduledExecutorService timer,
      Clock clock,
      DispatchListener listener) {
    this.ledger = ledger;
    this.restarter = restarter;
    this.timer = timer;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * An attempt that was written down as started.
   *
   * @param firingSinceOrNull the oldest startsAt of the incident's alerts
   * @param afterwards is told the actuator's key when the attempt is settled
   */
  record Job(
      Target target,
      Claim claim,
      @Nullable Instant firingSinceOrNull,
      Consumer<String> afterwards) {}

  /** Carries out an attempt to its end. */
  void carryOut(Job job) {
    Claim claim = job.claim();
    listener.started(job.target().name(), Duration.between(claim.openedAt(), claim.at()));
    try {
      settle(job, restarter.restart(job.target(), claim.at()));
    } catch (InterruptedAttempt e) {
      LOG.warn(
          "target={} attempt={}: this receiver ends while the attempt runs; the next one will"
              + " settle it as abandoned",
          job.target().name(),
          claim.attempt());
    } catch (RuntimeException e) {
      LOG.error("target={} attempt={} broke off", job.target().name(), claim.attempt(), e);
      settle(job, new Report(Result.of(Outcome.ABANDONED, Reason.UNEXPECTED_ERROR), e.toString()));
    }
  }

  /** What is known now is kept until the ledger takes it; only the end of this process loses it. */
  private void settle(Job job, Report report) {
    try {
      if (ledger.settle(job.claim().attempt(), report.result(), report.text())) {
        announce(job, report);
      } else {
        ledger.remark(
            job.claim().attempt(), "ended later: " + report.result() + " " + report.text());
      }
      job.afterwards().accept(job.target().actuator().key());
    } catch (LedgerException e) {
      LOG.error("attempt={} cannot be settled yet: {}", job.claim().attempt(), e.getMessage());
      Future<?> unused =
          timer.schedule(() -> settle(job, report), SETTLE_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void announce(Job job, Report report) {
    Result result = report.result();
    listener.ended(job.target().name(), result, recoveryTime(job, result));
    String line =
        "target=%s outcome=%s reason=%s incident=%d attempt=%d: %s"
            .formatted(
                job.target().name(),
                result.outcome().label(),
                result.reason().label(),
                job.claim().incident(),
                job.claim().attempt(),
                result.reason().sentence());
    if (result.outcome() == Outcome.RECOVERED) {
      LOG.info("{}", line);
    } else {
      LOG.warn("{}", line);
    }
  }

  private Optional<Duration> recoveryTime(Job job, Result result) {
    return Optional.ofNullable(job.firingSinceOrNull())
        .filter(since -> result.outcome() == Outcome.RECOVERED)
        .filter(since -> since.isAfter(clock.instant().minus(LONGEST_INCIDENT)))
        .map(since -> Duration.between(since, clock.instant()))
        .filter(took -> !took.isNegative());
  }
}
