package dev.selfheal.webhook;

import dev.selfheal.ledger.Entry;
import dev.selfheal.remedy.Attempt;
import dev.selfheal.remedy.Attempt.State;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attempt in a JSON answer. */
record AttemptView(
    long id,
    long incident,
    String target,
    String state,
    String mode,
    String action,
    String cause,
    String note,
    Instant startedAt,
    @Nullable Instant dueAt,
    @Nullable Instant settledAt,
    @Nullable String outcome,
    @Nullable String reason,
    @Nullable String sentence,
    boolean spends,
    @Nullable Long drill,
    String report,
    List<String> remarks) {

  static AttemptView of(Entry.OfAttempt entry) {
    Attempt attempt = entry.attempt();
    return new AttemptView(
        attempt.id(),
        attempt.incident(),
        entry.place().target(),
        state(attempt),
        Views.lower(attempt.mode()),
        attempt.action().label(),
        entry.story().cause(),
        entry.story().note(),
        attempt.startedAt(),
        due(attempt.state()),
        attempt.endedAt().orElse(null),
        attempt.result().map(result -> result.outcome().label()).orElse(null),
        attempt.result().map(result -> result.reason().label()).orElse(null),
        attempt.result().map(result -> result.reason().sentence()).orElse(null),
        attempt.spends(),
        entry.story().drill() == 0 ? null : (Long) entry.story().drill(),
        entry.story().report(),
        entry.remarks());
  }

  static String state(Attempt attempt) {
    if (attempt.state() instanceof State.AwaitingApproval) {
      return "awaiting_approval";
    }
    return attempt.running() ? "started" : "settled";
  }

  private static @Nullable Instant due(State state) {
    if (state instanceof State.Started started) {
      return started.deadline();
    }
    return state instanceof State.AwaitingApproval waiting ? waiting.expires() : null;
  }
}
