package dev.selfheal.dispatch;

import dev.selfheal.dispatch.Looks.Look;
import dev.selfheal.dispatch.Remediator.Study;
import dev.selfheal.ledger.Claim;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.remedy.Attempt;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Confirmation;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Situation;
import dev.selfheal.remedy.Situation.Question;
import dev.selfheal.remedy.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes over single targets: each looks at one of them, and has done what is decided. */
final class Passes {

  private static final Logger LOG = LoggerFactory.getLogger(Passes.class);

  /** How soon a look is tried again that the ledger did not allow. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final Workers workers;
  private final Parts parts;
  private final Looks looks;
  private final FleetLine line;
  private final Runnable overdue;
  private volatile String brokenOff = "";

  /** What a pass works with. */
  record Parts(
      Remediator remediator,
      Attempts attempts,
      Announcer announcer,
      LedgerTrouble trouble,
      RepeatCache repeats,
      Abandoned abandoned) {}

  /**
   * @param overdue settles attempts that are past their deadline; returns at once
   */
  Passes(Workers workers, Parts parts, Runnable overdue) {
    this.workers = workers;
    this.parts = parts;
    this.overdue = overdue;
    this.looks = new Looks(workers, this::look);
    this.line = new FleetLine(looks::soon);
  }

  /** When targets are looked at. */
  Looks looks() {
    return looks;
  }

  /** An operator has asked for a restart. */
  void requested(Target target, Claim claim, Recovery since, Instant newsAt) {
    parts.attempts().expired(claim.expired());
    start(new Attempts.Job(target, claim, Question.MANUAL, since, newsAt, this::settled));
  }

  /** An attempt was settled: its target may need another, and other targets may have its place. */
  void settled(String actuator, Result result) {
    looks.soon(actuator);
    line.free(result.spends());
  }

  /** Starts the attempt of a claim, if there is one. */
  private void start(Attempts.Job job) {
    Claim claim = job.claim();
    if (!(claim.decision() instanceof Decision.Restart restart)) {
      return;
    }
    if (restart.mode() != Mode.ACT) {
      parts.attempts().note(job.target(), claim.attempt(), restart.mode());
      looks.soon(job.actuator()); // It sets an alarm, and people are told what waits.
      return;
    }
    try {
      workers.actors().execute(() -> parts.attempts().carryOut(job));
    } catch (RejectedExecutionException e) {
      LOG.warn("attempt={} is left to the next receiver: this one ends", claim.attempt());
    }
  }

  /** An operator has consented to an attempt; one who is held is answered, and nothing else. */
  void approved(Approvals.Consent consent) {
    Claim claim = consent.claim();
    parts.attempts().expired(claim.expired());
    if (claim.decision() instanceof Decision.Hold) {
      return;
    }
    parts.announcer().announce(consent.target().name(), claim);
    Recovery since = Recovery.of(consent.before(), claim.at());
    Instant newsAt = newsAt(consent.before(), consent.policy(), claim);
    start(
        new Attempts.Job(consent.target(), claim, Question.APPROVAL, since, newsAt, this::settled));
  }

  private Look look(String actuator) {
    return guarded(actuator, () -> quickly(actuator));
  }

  private Look quickly(String actuator) {
    Study study = parts.remediator().study(actuator);
    if (!study.unasked()) {
      Claim claim = decide(study, Confirmation.NOT_ASKED);
      if (claim.decision().reason() != Reason.UNCONFIRMED) {
        act(actuator, study, claim);
        return unsighted(study)
            ? new Look.Asks(() -> guarded(actuator, () -> sight(actuator, study)))
            : new Look.Done();
      }
      // The news grew old between the reading and the decision, so somebody is asked after all.
    }
    return new Look.Asks(() -> guarded(actuator, () -> ask(actuator, study)));
  }

  /** Also where there is nothing to do: an operator's request would be held, too. */
  private static boolean unsighted(Study study) {
    return study.before().standing().unsightedSinceOrNull() != null;
  }

  /** Until its host has been seen, nobody knows what the last attempt did. */
  private Look sight(String actuator, Study study) {
    if (study.target().filter(parts.abandoned()::sight).isPresent()) {
      looks.soon(actuator);
    }
    return new Look.Done();
  }

  private Look ask(String actuator, Study asked) {
    Confirmation answer = parts.remediator().ask(asked);
    if (Thread.currentThread().isInterrupted()) {
      return new Look.Done(); // This receiver ends: that nobody answered it says nothing.
    }
    Study study = parts.remediator().renewed(asked);
    Claim claim = decide(study, answer);
    if (claim.decision().reason() == Reason.UNCONFIRMED && answer != Confirmation.UNKNOWN) {
      looks.soon(actuator); // There is news that the answer does not know of.
    } else {
      act(actuator, study, claim);
    }
    return new Look.Done();
  }

  private Claim decide(Study study, Confirmation answer) {
    Claim claim =
        parts
            .repeats()
            .whileDeciding(
                study.incident(),
                () ->
                    answer == Confirmation.NOT_ASKED
                        ? parts.remediator().claim(study)
                        : parts.remediator().claim(study, answer));
    parts.attempts().expired(claim.expired());
    return claim;
  }

  private void act(String actuator, Study study, Claim claim) {
    Decision decision = claim.decision();
    parts.announcer().announce(study.name(), claim);
    if (decision instanceof Decision.Hold hold && !hold.until().equals(Decision.NO_END)) {
      looks.at(actuator, hold.until());
      if (overdue(hold, claim.at())) {
        overdue.run();
      }
    } else {
      looks.never(actuator);
    }
    line.decided(actuator, decision);
    Recovery since = Recovery.of(study.before(), claim.at());
    Instant newsAt = newsAt(study.before(), study.policy(), claim);
    study
        .target()
        .map(t -> new Attempts.Job(t, claim, Question.ROUTINE, since, newsAt, this::settled))
        .ifPresent(this::start);
  }

  /**
   * The incident's opening, or the end of the last attempt that may itself have restarted it,
   * whichever came later; a restart by somebody else that is further back than {@code settle} holds
   * nothing any more. What became of an attempt that was abandoned nobody saw, so any restart since
   * it began may be its own.
   */
  private static Instant newsAt(Situation before, RemediationPolicy policy, Claim claim) {
    Instant matters = claim.at().minus(policy.limits().settle());
    Stream<Instant> ends =
        before.history().stream()
            .filter(Attempt::spends)
            .flatMap(attempt -> seenUntil(attempt).stream());
    return Stream.concat(ends, Stream.of(claim.openedAt(), matters))
        .max(Comparator.naturalOrder())
        .orElse(matters);
  }

  private static Optional<Instant> seenUntil(Attempt attempt) {
    return attempt.endedWith(Outcome.ABANDONED)
        ? Optional.of(attempt.startedAt())
        : attempt.endedAt();
  }

  /** Whether an attempt is past its deadline: the policy then looks again every second. */
  private static boolean overdue(Decision.Hold hold, Instant now) {
    boolean running = hold.reason() == Reason.ATTEMPT_RUNNING || hold.reason() == Reason.FLEET_BUSY;
    return running && !hold.until().isAfter(now.plusSeconds(1));
  }

  /** A failing ledger puts the look off. */
  private Look guarded(String actuator, Supplier<Look> pass) {
    try {
      Look rest = pass.get();
      parts.trouble().over();
      return rest;
    } catch (LedgerException e) {
      parts.trouble().met(e);
      looks.at(actuator, workers.clock().instant().plus(LOOK_AGAIN));
    } catch (RuntimeException e) {
      String what = actuator + e;
      if (!brokenOff.equals(what)) {
        brokenOff = what;
        LOG.error("a look broke off; the next one comes within a minute", e);
      }
    }
    return new Look.Done();
  }
}
