package dev.selfheal.webhook;

import dev.selfheal.dispatch.Overview.Standing;
import dev.selfheal.remedy.Attempt;
import dev.selfheal.remedy.Attempt.State.AwaitingApproval;
import dev.selfheal.remedy.Incident;
import dev.selfheal.remedy.Pause;
import dev.selfheal.remedy.Target;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A target in a JSON answer. */
record TargetView(
    String name,
    @Nullable String unit,
    @Nullable List<String> restartCommand,
    @Nullable Ssh ssh,
    URI ollamaUrl,
    String mode,
    int budgetRemaining,
    @Nullable Paused paused,
    @Nullable Quiet quiet,
    @Nullable Waiting approval,
    Views.@Nullable Held held,
    @Nullable Open incident,
    @Nullable Last lastAttempt) {

  /** How its host is reached; {@code command} is null where the host agent restarts it. */
  record Ssh(String host, int port, String user, @Nullable String command) {
    static Ssh of(Target.Ssh ssh) {
      return new Ssh(ssh.host(), ssh.port(), ssh.user(), ssh.command().orElse(null));
    }
  }

  record Paused(@Nullable Instant until, String reason) {
    static @Nullable Paused of(@Nullable Pause pause) {
      return pause == null ? null : new Paused(Views.bounded(pause.until()), pause.reason());
    }
  }

  /** Its quiet hours are now; {@code until} is null if the whole week is quiet. */
  record Quiet(@Nullable Instant until) {
    static @Nullable Quiet of(@Nullable Instant until) {
      return until == null ? null : new Quiet(Views.bounded(until));
    }
  }

  /** An attempt waits for an operator's approval; {@code action} is what it will do. */
  record Waiting(long attempt, String action, Instant since, Instant expires) {
    static @Nullable Waiting of(@Nullable Attempt attempt) {
      return attempt != null && attempt.state() instanceof AwaitingApproval waiting
          ? new Waiting(
              attempt.id(), attempt.action().label(), attempt.startedAt(), waiting.expires())
          : null;
    }
  }

  record Open(long id, String state, Instant openedAt, Views.@Nullable Escalated escalation) {
    static @Nullable Open of(@Nullable Incident incident) {
      return incident == null
          ? null
          : new Open(
              incident.id(),
              Views.lower(incident.phase()),
              incident.openedAt(),
              Views.Escalated.of(incident.escalation()));
    }
  }

  record Last(
      long id,
      String state,
      Instant startedAt,
      @Nullable Instant settledAt,
      @Nullable String outcome,
      @Nullable String reason) {
    static @Nullable Last of(@Nullable Attempt attempt) {
      return attempt == null
          ? null
          : new Last(
              attempt.id(),
              AttemptView.state(attempt),
              attempt.startedAt(),
              attempt.endedAt().orElse(null),
              attempt.result().map(r -> r.outcome().label()).orElse(null),
              attempt.result().map(r -> r.reason().label()).orElse(null));
    }
  }

  static TargetView of(Standing standing) {
    Target target = standing.target();
    List<String> command = target.control().command();
    return new TargetView(
        target.name(),
        target.control().unit().orElse(null),
        command.isEmpty() ? null : command,
        target.control().ssh().map(Ssh::of).orElse(null),
        target.ollamaUrl(),
        standing.leave().mode().label(),
        standing.budgetLeft(),
        Paused.of(standing.leave().pauseOrNull()),
        Quiet.of(standing.leave().quietUntilOrNull()),
        Waiting.of(standing.lastOrNull()),
        Views.Held.of(standing.heldOrNull()),
        Open.of(standing.incidentOrNull()),
        Last.of(standing.lastOrNull()));
  }
}
