package dev.selfheal.webhook;

import dev.selfheal.dispatch.Operator.Answer;
import dev.selfheal.ledger.Claim;
import dev.selfheal.ledger.Entry;
import dev.selfheal.remedy.Attempt;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Reason;
import io.javalin.http.Context;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells an operator what became of a request for a restart, or of a consent to one. */
final class Replies {

  private Replies() {}

  private record Accepted(long attempt, long incident, String target, String state) {}

  private record Rehearsed(
      String target,
      String decision,
      String mode,
      String reason,
      String sentence,
      @Nullable Instant until) {}

  private record Refused(
      String error, String reason, @Nullable Instant until, @Nullable Long attempt) {}

  static void send(Context request, String target, Answer answer) {
    if (answer instanceof Answer.Started started) {
      accepted(request, target, started.claim(), "started");
    } else if (answer instanceof Answer.Waits waits) {
      accepted(request, target, waits.claim(), "awaiting_approval");
    } else if (answer instanceof Answer.WouldBe would) {
      request.json(rehearsed(target, would));
    } else {
      request.status(409).json(refused(answer));
    }
  }

  private static void accepted(Context request, String target, Claim claim, String state) {
    request.status(202).json(new Accepted(claim.attempt(), claim.incident(), target, state));
  }

  private static Rehearsed rehearsed(String target, Answer.WouldBe would) {
    Decision decision = would.decision();
    return new Rehearsed(
        target,
        decision.label(),
        would.mode().label(),
        decision.reason().label(),
        decision.reason().sentence(),
        until(decision));
  }

  private static Refused refused(Answer answer) {
    if (answer instanceof Answer.Held held) {
      Reason why = held.decision().reason();
      return new Refused("not now: " + why.sentence(), why.label(), until(held.decision()), null);
    }
    if (answer instanceof Answer.Observed observed) {
      Reason why = Reason.WOULD_RESTART;
      return new Refused(
          "not done: " + why.sentence(), why.label(), null, observed.claim().attempt());
    }
    return over(((Answer.Over) answer).entry());
  }

  private static Refused over(Entry.OfAttempt entry) {
    Attempt attempt = entry.attempt();
    String now =
        attempt
            .result()
            .map(end -> "it ended as " + end.outcome().label() + ": " + end.reason().sentence())
            .orElse("it has been started");
    return new Refused(
        "attempt %d does not wait for approval: %s".formatted(attempt.id(), now),
        attempt.result().map(end -> end.reason().label()).orElse(Reason.ATTEMPT_RUNNING.label()),
        null,
        attempt.id());
  }

  private static @Nullable Instant until(Decision decision) {
    return decision instanceof Decision.Hold hold ? Views.bounded(hold.until()) : null;
  }
}
