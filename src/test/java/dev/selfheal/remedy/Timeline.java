package dev.selfheal.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.alert.AlertKey;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Attempt.State;
import dev.selfheal.remedy.Incident.Escalation;
import dev.selfheal.remedy.Incident.Marks;
import dev.selfheal.remedy.Incident.Phase;
import dev.selfheal.remedy.Pair.Source;
import dev.selfheal.remedy.Pair.Status;
import dev.selfheal.remedy.PolicyLimits.Budget;
import dev.selfheal.remedy.PolicyLimits.FleetLimit;
import dev.selfheal.remedy.Situation.Question;
import dev.selfheal.remedy.Situation.Standing;
import dev.selfheal.remedy.Situation.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A story of one target, told in the order in which it happens: each step changes what the ledger
 * knows, {@link #after} moves the clock, and {@link #expect} asks the policy what to do now.
 */
final class Timeline {

  static final PolicyLimits LIMITS =
      new PolicyLimits(
          List.of(new Budget(3, Duration.ofHours(1)), new Budget(7, Duration.ofHours(24))),
          Duration.ofSeconds(60),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          new FleetLimit(1, 0.34, Duration.ofMinutes(10)));

  static final Duration ATTEMPT_LIMIT = Duration.ofMinutes(13);

  private static final String SELF = "local/unit:ollama.service";

  private Instant now = Instant.parse("2026-11-01T00:00:00Z");
  private PolicyLimits limits = LIMITS;
  private Mode mode = Mode.ACT;
  private boolean configured = true;
  private @Nullable Pause pause;
  private @Nullable Instant quietUntil;
  private @Nullable Instant externalRestart;

  private long incidentId = 1;
  private @Nullable Instant openedAt;
  private Phase phase = Phase.OPEN;
  private Marks marks = Marks.NONE;
  private final Map<String, Pair> pairs = new LinkedHashMap<>();

  private final Deque<Attempt> newestFirst = new ArrayDeque<>();
  private int targets = 1;
  private final List<Fleet.Start> others = new ArrayList<>();
  private Ladder ladder = Ladder.NONE;
  private Action chosen = Action.RESTART;
  private Question question = Question.ROUTINE;

  // What is configured.

  Timeline limits(PolicyLimits other) {
    limits = other;
    return this;
  }

  Timeline cooldown(String duration) {
    return limits(
        new PolicyLimits(
            limits.budgets(),
            time(duration),
            limits.settle(),
            limits.confirmAfter(),
            limits.fleet()));
  }

  Timeline mode(Mode other) {
    mode = other;
    return this;
  }

  Timeline fleetOf(int size) {
    targets = size;
    return this;
  }

  Timeline ladder(Action... steps) {
    ladder = new Ladder(List.of(steps), List.of("reload"));
    return this;
  }

  Timeline targetIsRemoved() {
    configured = false;
    return this;
  }

  // What passes.

  Timeline after(String duration) {
    now = now.plus(time(duration));
    return this;
  }

  Timeline clockIsSetBack(String duration) {
    now = now.minus(time(duration));
    return this;
  }

  // What is heard.

  Timeline alertFires() {
    return hears("alert", Source.ALERTMANAGER, null);
  }

  Timeline alertFires(String name) {
    return hears(name, Source.ALERTMANAGER, null);
  }

  Timeline exporterReports(@Nullable String repeat) {
    return hears("direct", Source.DIRECT, repeat == null ? null : time(repeat));
  }

  Timeline operatorRequests() {
    return hears("request", Source.MANUAL, null);
  }

  Timeline alertResolves() {
    return resolves("alert");
  }

  Timeline resolves(String name) {
    pairs.computeIfPresent(
        name,
        (key, p) ->
            new Pair(
                p.key(),
                p.source(),
                Status.RESOLVED,
                p.firstHeard(),
                p.lastHeard(),
                p.repeatOrNull()));
    return this;
  }

  private Timeline hears(String name, Source source, @Nullable Duration repeat) {
    openedAt = openedAt == null ? now : openedAt;
    Pair known = pairs.get(name);
    Instant first = known == null ? now : known.firstHeard();
    AlertKey key = new AlertKey(name, Instant.EPOCH);
    pairs.put(name, new Pair(key, source, Status.FIRING, first, now, repeat));
    return this;
  }

  // What is attempted.

  /** An attempt that takes half a minute. */
  Timeline attempt(Outcome outcome) {
    return attempt(Result.of(outcome, Reason.ALERT_FIRING));
  }

  Timeline attempt(Result result) {
    return starts().after("30s").ends(result);
  }

  Timeline starts() {
    phase = Phase.ACTING;
    return begins(
        mode == Mode.APPROVE ? Mode.ACT : mode, new State.Started(now.plus(ATTEMPT_LIMIT)));
  }

  /** What the policy decides now, with the action that it chooses. */
  Timeline acts(Action action, Outcome outcome) {
    return acts(action, Result.of(outcome, Reason.ALERT_FIRING));
  }

  Timeline acts(Action action, Result result) {
    assertThat(policy().decide(situation(), now))
        .isInstanceOfSatisfying(
            Decision.Restart.class, restart -> assertThat(restart.action()).isEqualTo(action));
    chosen = action;
    attempt(result);
    chosen = Action.RESTART;
    return this;
  }

  Timeline waitsForApprovalOf(Action action) {
    chosen = action;
    waitsForApproval();
    chosen = Action.RESTART;
    return this;
  }

  Timeline waitsForApproval() {
    Instant expires = now.plus(RemediationPolicy.APPROVAL_LIMIT);
    return begins(Mode.APPROVE, new State.AwaitingApproval(expires));
  }

  Timeline ends(Outcome outcome) {
    return ends(Result.of(outcome, Reason.ALERT_FIRING));
  }

  Timeline ends(Result result) {
    Attempt begun = newestFirst.pop();
    newestFirst.push(
        new Attempt(
            begun.id(),
            begun.incident(),
            begun.mode(),
            begun.startedAt(),
            new State.Settled(now, result),
            begun.action()));
    phase = Phase.OPEN;
    return result.outcome() == Outcome.RECOVERED ? decays() : this;
  }

  private Timeline begins(Mode how, State state) {
    long id = newestFirst.size() + 1L;
    newestFirst.push(new Attempt(id, incidentId, how, now, state, chosen));
    return this;
  }

  /** The incident is closed, and the next alert opens another. */
  Timeline incidentCloses() {
    incidentId++;
    openedAt = null;
    phase = Phase.OPEN;
    marks = Marks.NONE;
    pairs.clear();
    return this;
  }

  /** An earlier incident that one restart cured. */
  Timeline earlierRecovery() {
    return alertFires().attempt(Outcome.RECOVERED).incidentCloses();
  }

  // What happened before the story begins.

  /** An attempt of this incident that took a second and ended so long ago. */
  Timeline had(Outcome outcome, String ago) {
    return earlier(incidentId, outcome, ago);
  }

  /** The same, of an earlier incident. */
  Timeline hadEarlier(Outcome outcome, String ago) {
    return earlier(0, outcome, ago);
  }

  private Timeline earlier(long incident, Outcome outcome, String ago) {
    Instant end = now.minus(time(ago));
    State ended = new State.Settled(end, Result.of(outcome, Reason.ALERT_FIRING));
    newestFirst.addLast(
        new Attempt(newestFirst.size() + 1, incident, mode, end.minusSeconds(1), ended));
    return this;
  }

  Timeline aTimeLiesFarAhead() {
    externalRestart = now.plusSeconds(301);
    return this;
  }

  // What is marked.

  Timeline phase(Phase other) {
    phase = other;
    return this;
  }

  Timeline decays() {
    phase = Phase.DECAYING;
    marks =
        new Marks(
            marks.confirmAlways(), now, null, marks.escalationOrNull(), marks.resumedAtOrNull());
    return this;
  }

  Timeline mustAlwaysBeConfirmed() {
    marks =
        new Marks(
            true,
            marks.decayingSinceOrNull(),
            marks.unconfirmedSinceOrNull(),
            marks.escalationOrNull(),
            marks.resumedAtOrNull());
    return this;
  }

  Timeline reopens() {
    Incident reopened = incident().reopened();
    phase = reopened.phase();
    marks = reopened.marks();
    return this;
  }

  Timeline nobodyCouldSay() {
    return marked(now, marks.escalationOrNull(), marks.resumedAtOrNull());
  }

  Timeline escalated(Reason reason) {
    return marked(
        marks.unconfirmedSinceOrNull(), new Escalation(reason, now), marks.resumedAtOrNull());
  }

  Timeline operatorResumes() {
    pause = null;
    return marked(marks.unconfirmedSinceOrNull(), null, now);
  }

  private Timeline marked(
      @Nullable Instant unconfirmed, @Nullable Escalation escalation, @Nullable Instant resumed) {
    marks =
        new Marks(
            marks.confirmAlways(), marks.decayingSinceOrNull(), unconfirmed, escalation, resumed);
    return this;
  }

  Timeline pausedFor(String duration) {
    pause = new Pause(now.plus(time(duration)), "maintenance");
    return this;
  }

  Timeline pausedUntilResumed() {
    pause = new Pause(Decision.NO_END, "maintenance");
    return this;
  }

  Timeline quietFor(String duration) {
    quietUntil = now.plus(time(duration));
    return this;
  }

  Timeline somebodyElseRestartsIt() {
    externalRestart = now;
    return this;
  }

  // What the others go through.

  Timeline otherRestarts(String target) {
    others.add(new Fleet.Start(target, now, false, now.plus(ATTEMPT_LIMIT)));
    return this;
  }

  Timeline otherRuns(String target) {
    others.add(new Fleet.Start(target, now, true, now.plus(ATTEMPT_LIMIT)));
    return this;
  }

  // Who asks, and what is answered.

  Timeline asked(Confirmation answer) {
    question = new Question(question.trigger(), answer);
    return this;
  }

  /** The answer is about what is known now, and not about what is heard later. */
  Timeline askedAboutWhatIsKnown(Confirmation answer) {
    question = new Question(question.trigger(), answer, List.copyOf(pairs.values()));
    return this;
  }

  Timeline trigger(Trigger trigger) {
    question = new Question(trigger, question.confirmation());
    return this;
  }

  Timeline expect(Expected expected) {
    Decision decision = policy().decide(situation(), now);
    assertThat(decision).isEqualTo(expected.at(now));
    return this;
  }

  Timeline expectReason(Reason reason) {
    assertThat(policy().decide(situation(), now).reason()).isEqualTo(reason);
    return this;
  }

  Timeline expectQuestion(boolean asked) {
    assertThat(policy().needsConfirmation(situation(), now)).isEqualTo(asked);
    return this;
  }

  Timeline expectReopening(boolean reopens) {
    assertThat(policy().reopens(situation(), now)).isEqualTo(reopens);
    return this;
  }

  Timeline expectBudgetLeft(int restarts) {
    assertThat(policy().budgetLeft(situation(), now)).isEqualTo(restarts);
    return this;
  }

  private RemediationPolicy policy() {
    return new RemediationPolicy(limits);
  }

  private Situation situation() {
    List<Fleet.Start> starts = new ArrayList<>(others);
    for (Attempt attempt : newestFirst) {
      if (attempt.spends()) {
        Instant limit = attempt.startedAt().plus(ATTEMPT_LIMIT);
        starts.add(new Fleet.Start(SELF, attempt.startedAt(), attempt.running(), limit));
      }
    }
    return new Situation(
        new Standing(SELF, configured, mode, pause, quietUntil, externalRestart, null, ladder),
        openedAt == null ? null : incident(),
        List.copyOf(newestFirst),
        new Fleet(targets, starts),
        question);
  }

  private Incident incident() {
    Instant opened = openedAt == null ? now : openedAt;
    return new Incident(incidentId, phase, List.copyOf(pairs.values()), opened, marks);
  }

  /** {@code 1h}, {@code 2m}, {@code 59s}, {@code 1m30s} or {@code 1ms}. */
  static Duration time(String text) {
    return text.endsWith("ms")
        ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
        : Duration.parse("PT" + text);
  }
}
