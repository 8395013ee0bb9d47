package dev.selfheal.dispatch;

import dev.selfheal.ledger.Claim;
import dev.selfheal.ledger.ClaimRequest;
import dev.selfheal.ledger.Entry;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.remedy.Attempt.State.AwaitingApproval;
import dev.selfheal.remedy.Confirmation;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Incident;
import dev.selfheal.remedy.Mode;
import dev.selfheal.remedy.Pair;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Situation;
import dev.selfheal.remedy.Situation.Question;
import dev.selfheal.remedy.Situation.Trigger;
import dev.selfheal.remedy.Target;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes operators' consent to attempts that wait for it. The policy is asked again, and old news is
 * confirmed first, as before any other restart.
 */
final class Approvals {

  private static final Logger LOG = LoggerFactory.getLogger(Operator.class);

  private final Parts parts;
  private final Confirmer confirmer;
  private final Clock clock;
  private final Consumer<Consent> hands;

  /** What consents are taken with. */
  record Parts(Ledger ledger, Supplier<Managed> managed, Requests requests, RepeatCache repeats) {}

  /**
   * What was decided on a consent, and is to be done.
   *
   * @param before how the target stood before
   */
  record Consent(Target target, Claim claim, Situation before, RemediationPolicy policy) {}

  /** How a consent stood when somebody was asked whether old news still hold, and the answer. */
  private record Asked(Entry.OfAttempt entry, Situation before, Question question) {

    /** The open incident; 0 if there is none. */
    long incident() {
      return before.incident().map(Incident::id).orElse(0L);
    }
  }

  Approvals(Parts parts, Confirmer confirmer, Clock clock, Consumer<Consent> hands) {
    this.parts = parts;
    this.confirmer = confirmer;
    this.clock = clock;
    this.hands = hands;
  }

  /** See {@link Operator#approve}. */
  Optional<Operator.Answer> approve(long attempt, String words) {
    return parts.ledger().attempt(attempt).map(entry -> approve(entry, words));
  }

  private Operator.Answer approve(Entry.OfAttempt entry, String words) {
    if (!(entry.attempt().state() instanceof AwaitingApproval)) {
      return new Operator.Answer.Over(entry);
    }
    Managed now = parts.managed().get();
    return now.acting(entry.place().actuator())
        .map(target -> approve(entry, now, target, words))
        .orElseGet(Approvals::removed);
  }

  private Operator.Answer approve(Entry.OfAttempt entry, Managed now, Target target, String words) {
    ClaimRequest request = parts.requests().approval(now, target, entry.attempt().id());
    Situation before = parts.ledger().situation(request, now.policy());
    Question question = question(entry, now, target, before);
    return decide(new Asked(entry, before, question), words);
  }

  /** The configuration, and the hour, may have changed while somebody was asked. */
  private Operator.Answer decide(Asked asked, String words) {
    Managed now = parts.managed().get();
    return now.acting(asked.entry().place().actuator())
        .map(target -> decide(asked, now, target, words))
        .orElseGet(Approvals::removed);
  }

  private Operator.Answer decide(Asked asked, Managed now, Target target, String words) {
    long attempt = asked.entry().attempt().id();
    ClaimRequest request = parts.requests().approval(now, target, attempt);
    Claim claim =
        parts
            .repeats()
            .whileDeciding(
                asked.incident(),
                () -> parts.ledger().claim(request.asking(asked.question()), now.policy()));
    log(target, claim, attempt, words);
    Consent consent =
        new Consent(target, asAsked(claim, asked.entry()), asked.before(), now.policy());
    hands.accept(consent);
    if (claim.decision() instanceof Decision.Restart) {
      remark(attempt, words);
      return new Operator.Answer.Started(claim);
    }
    return refused(claim, asked.entry());
  }

  private static Operator.Answer removed() {
    return new Operator.Answer.Held(new Decision.Nothing(Reason.TARGET_REMOVED));
  }

  private static void log(Target target, Claim claim, long attempt, String words) {
    LOG.info(
        "target={} decision={} reason={} incident={} attempt={}: an operator consents: {}",
        target.name(),
        claim.decision().label(),
        claim.decision().reason().label(),
        claim.incident(),
        attempt,
        LogText.of(words));
  }

  private Question question(Entry.OfAttempt entry, Managed now, Target target, Situation before) {
    if (requested(entry)) {
      return new Question(Trigger.APPROVAL, Confirmation.UNKNOWN);
    }
    if (!now.policy().needsConfirmation(before, clock.instant())) {
      return Question.APPROVAL;
    }
    Confirmation answer =
        before.incident().map(i -> confirmer.confirm(target, i)).orElse(Confirmation.UNKNOWN);
    List<Pair> about = before.incident().map(Incident::pairs).orElse(List.of());
    return new Question(Trigger.APPROVAL, answer, about);
  }

  /** A restart that a person asked for in the first place is done although it looks healthy. */
  private static Claim asAsked(Claim claim, Entry.OfAttempt entry) {
    return claim.decision() instanceof Decision.Restart && requested(entry)
        ? claim.deciding(new Decision.Restart(Mode.ACT, Reason.REQUESTED))
        : claim;
  }

  private static boolean requested(Entry.OfAttempt entry) {
    return entry.story().cause().equals(Reason.REQUESTED.label());
  }

  /** The attempt is under way by now: a ledger that cannot take the words does not end it. */
  private void remark(long attempt, String words) {
    String text = "approved by an operator" + (words.isEmpty() ? "" : ": " + LogText.of(words));
    try {
      parts.ledger().remark(attempt, text);
    } catch (LedgerException e) {
      LOG.warn("attempt={} was {}, which the ledger did not take: {}", attempt, text, e.toString());
    }
  }

  private Operator.Answer refused(Claim claim, Entry.OfAttempt entry) {
    Entry.OfAttempt now = parts.ledger().attempt(entry.attempt().id()).orElse(entry);
    boolean over = claim.decision().reason() == Reason.APPROVAL_EXPIRED;
    return over && !(now.attempt().state() instanceof AwaitingApproval)
        ? new Operator.Answer.Over(now)
        : new Operator.Answer.Held(claim.decision());
  }
}
