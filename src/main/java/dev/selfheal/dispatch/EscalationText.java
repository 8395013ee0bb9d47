package dev.selfheal.dispatch;

import dev.selfheal.remedy.Action;
import dev.selfheal.remedy.Attempt;
import dev.selfheal.remedy.Attempt.State.AwaitingApproval;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What people are told of an escalated incident, in words of this program's own alone.
 *
 * @param attempts those of the incident, newest first
 * @param restartsLeft what the tightest budget has left
 * @param quietUntilOrNull when the target's quiet hours of now end
 */
record EscalationText(
    String target,
    Reason reason,
    List<Attempt> attempts,
    int restartsLeft,
    @Nullable Instant quietUntilOrNull) {

  private static final String RUNBOOK =
      "file:///usr/share/doc/ollama-selfheal/runbook/" + EscalatedAlerts.NAME + ".md";

  /** More would not be read, and mails have limits. */
  private static final int MOST_ATTEMPTS = 10;

  Map<String, String> annotations() {
    return Map.of(
        "summary", "Ollama on %s needs a human: %s".formatted(target, reason.sentence()),
        "description", description(),
        "reason", reason.label(),
        "runbook_url", RUNBOOK);
  }

  private String description() {
    return awaiting().map(this::question).orElseGet(this::end);
  }

  private Optional<Attempt> awaiting() {
    return reason == Reason.AWAITING_APPROVAL
        ? attempts.stream().filter(a -> a.state() instanceof AwaitingApproval).findFirst()
        : Optional.empty();
  }

  /** What is to be typed comes first: it is why the message is read. */
  private String question(Attempt attempt) {
    Instant expires = ((AwaitingApproval) attempt.state()).expires();
    return "Run `selfheal approve %d` %s, until %s. %s%s%s Restarts left in its budget: %s."
        .formatted(
            attempt.id(),
            attempt.action() == Action.RESTART
                ? "to have " + target + " restarted"
                : "for " + target,
            expires.truncatedTo(ChronoUnit.SECONDS),
            quiet(),
            attempt.action() == Action.RESTART ? "" : consequence(attempt.action()),
            tried(),
            left());
  }

  /** What waits when quiet hours begin cannot be approved before they end. */
  private String quiet() {
    if (quietUntilOrNull == null) {
      return "";
    }
    return quietUntilOrNull.equals(Decision.NO_END)
        ? "It is refused in quiet hours, which cover the week. "
        : "It is refused before %s, when the quiet hours end. "
            .formatted(quietUntilOrNull.truncatedTo(ChronoUnit.SECONDS));
  }

  /** What somebody consents to who expects a restart. */
  private static String consequence(Action action) {
    return "It is no usual restart: it " + action.sentence() + ". ";
  }

  private String end() {
    return "The receiver has stopped restarting %s: %s. %s Restarts left in its budget: %s. %s"
        .formatted(target, reason.sentence(), tried(), left(), next());
  }

  private String tried() {
    List<Attempt> begun =
        attempts.stream().filter(a -> !(a.state() instanceof AwaitingApproval)).toList();
    if (begun.isEmpty()) {
      return "No restart was tried in this incident.";
    }
    int more = begun.size() - MOST_ATTEMPTS;
    return "Tried in this incident, newest first: %s%s."
        .formatted(
            begun.stream()
                .limit(MOST_ATTEMPTS)
                .map(EscalationText::words)
                .collect(Collectors.joining("; ")),
            more > 0 ? "; and %d more".formatted(more) : "");
  }

  private static String words(Attempt attempt) {
    String end =
        attempt
            .result()
            .map(result -> result.outcome().label() + ", " + result.reason().sentence())
            .orElse("has not ended");
    return "attempt %d (%s) of %s: %s"
        .formatted(
            attempt.id(),
            attempt.action().label(),
            attempt.startedAt().truncatedTo(ChronoUnit.SECONDS),
            end);
  }

  private String left() {
    return restartsLeft == Integer.MAX_VALUE ? "any number" : Integer.toString(restartsLeft);
  }

  /** What ends it: a latch waits for an operator, the rest ends with its cause. */
  private String next() {
    return reason.latches()
        ? "Mend it, then run `selfheal resume %s`; it also ends when its alerts resolve."
            .formatted(target)
        : "It goes on by itself when this is no longer so.";
  }
}
