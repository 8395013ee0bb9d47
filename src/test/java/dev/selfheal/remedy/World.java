package dev.selfheal.remedy;

import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Attempt.State;
import dev.selfheal.remedy.Situation.Question;
import dev.selfheal.remedy.Situation.Standing;
import dev.selfheal.remedy.Situation.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Some targets, their incidents and attempts, kept in memory as the ledger keeps them. */
final class World {

  private static final Duration ATTEMPT_LIMIT = Duration.ofMinutes(5);

  /** One attempt, and which target it acts on. */
  record Row(int target, Attempt attempt) {}

  /** One decision, with all that it was made of. */
  record Decided(Situation situation, Instant at, Decision decision) {}

  private final RemediationPolicy policy;
  private final Mode mode;
  private final List<IncidentRow> incidents;
  private final @Nullable Instant[] externalRestarts = new Instant[Step.TARGETS];
  private final List<Row> oldestFirst = new ArrayList<>();
  private final List<Decided> decisions = new ArrayList<>();
  private Ladder ladder = Ladder.NONE;
  private Instant now = Instant.parse("2026-11-01T00:00:00Z");

  World(PolicyLimits limits, Mode mode) {
    policy = new RemediationPolicy(limits);
    this.mode = mode;
    incidents = IntStream.range(0, Step.TARGETS).mapToObj(i -> new IncidentRow()).toList();
  }

  static World after(PolicyLimits limits, Mode mode, List<Step> steps) {
    return after(limits, mode, Ladder.NONE, steps);
  }

  static World after(PolicyLimits limits, Mode mode, Ladder ladder, List<Step> steps) {
    World world = new World(limits, mode);
    world.ladder = ladder;
    steps.forEach(world::happen);
    return world;
  }

  /** All attempts, oldest first. */
  List<Row> attempts() {
    return List.copyOf(oldestFirst);
  }

  List<Decided> decisions() {
    return List.copyOf(decisions);
  }

  private void happen(Step step) {
    IncidentRow incident = incidents.get(step.target());
    switch (step.kind()) {
      case PASS -> now = now.plus(step.lasting());
      case PASS_LONG -> now = now.plus(step.lasting().multipliedBy(60));
      case SET_BACK -> now = now.minus(step.lasting());
      case SET_BACK_FAR -> now = now.minus(step.lasting().multipliedBy(20));
      case FIRE -> incident.fires(Pair.Source.ALERTMANAGER, now);
      case REPORT -> incident.fires(Pair.Source.DIRECT, now);
      case RESOLVE -> incident.resolves();
      case LOOK -> look(step.target(), Question.ROUTINE);
      case LOOK_STALLED -> look(step.target(), answered(Confirmation.STALLED));
      case LOOK_OVER -> look(step.target(), answered(Confirmation.OVER));
      case LOOK_UNKNOWN -> look(step.target(), answered(Confirmation.UNKNOWN));
      case REQUEST -> look(step.target(), Question.MANUAL);
      case SETTLE -> settle(step.target(), step.outcome());
      case RESUME -> incident.resumed(now);
      case RESTART_ELSEWHERE -> externalRestarts[step.target()] = now;
    }
  }

  private static Question answered(Confirmation answer) {
    return new Question(Trigger.ALERT, answer);
  }

  private void look(int target, Question question) {
    settleOverdue();
    Situation situation = situation(target, question);
    if (policy.reopens(situation, now)) {
      incidents.get(target).reopened();
      situation = situation(target, question);
    }
    Decision decision = policy.decide(situation, now);
    decisions.add(new Decided(situation, now, decision));
    if (question.trigger() != Trigger.MANUAL) {
      incidents.get(target).note(decision, question.confirmation(), now);
    }
    if (decision instanceof Decision.Restart restart) {
      begin(target, restart);
    }
  }

  private void begin(int target, Decision.Restart restart) {
    IncidentRow incident = incidents.get(target);
    if (incident.isClosed()) {
      incident.fires(Pair.Source.MANUAL, now);
    }
    incident.acts();
    State state =
        restart.mode() == Mode.OBSERVE
            ? new State.Settled(now, Result.of(Outcome.OBSERVED, Reason.WOULD_RESTART))
            : new State.Started(now.plus(ATTEMPT_LIMIT));
    long id = oldestFirst.size() + 1L;
    Attempt attempt = new Attempt(id, incident.id(), restart.mode(), now, state, restart.action());
    oldestFirst.add(new Row(target, attempt));
  }

  private void settle(int target, Outcome outcome) {
    for (int i = 0; i < oldestFirst.size(); i++) {
      Row row = oldestFirst.get(i);
      if (row.target() == target && row.attempt().running()) {
        oldestFirst.set(i, new Row(target, ended(row.attempt(), outcome)));
        incidents.get(target).acted(outcome, now);
      }
    }
  }

  private Attempt ended(Attempt a, Outcome outcome) {
    State ended = new State.Settled(now, Result.of(outcome, Reason.ALERT_FIRING));
    return new Attempt(a.id(), a.incident(), a.mode(), a.startedAt(), ended, a.action());
  }

  private void settleOverdue() {
    for (Row row : attempts()) {
      if (row.attempt().state() instanceof State.Started s && !now.isBefore(s.deadline())) {
        settle(row.target(), Outcome.ABANDONED);
      }
    }
  }

  private Situation situation(int target, Question question) {
    Instant since = now.minus(policy.limits().horizon());
    Instant fleetSince = now.minus(policy.limits().fleet().per());
    IncidentRow incident = incidents.get(target);
    List<Attempt> history = new ArrayList<>();
    List<Fleet.Start> fleet = new ArrayList<>();
    for (Row row : oldestFirst) {
      Attempt a = row.attempt();
      boolean late = a.startedAt().isAfter(since) || a.running();
      if (row.target() == target && (late || a.incident() == incident.id())) {
        history.add(a);
      }
      if (a.running() || (a.spends() && a.startedAt().isAfter(fleetSince))) {
        Instant deadline = a.startedAt().plus(ATTEMPT_LIMIT);
        fleet.add(new Fleet.Start("t" + row.target(), a.startedAt(), a.running(), deadline));
      }
    }
    Collections.reverse(history);
    return new Situation(
        new Standing("t" + target, true, mode, null, null, externalRestarts[target], null, ladder),
        incident.openOrNull(),
        history,
        new Fleet(Step.TARGETS, fleet),
        question);
  }
}
