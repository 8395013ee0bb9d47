package dev.selfheal.remedy;

import dev.selfheal.alert.AlertKey;
import dev.selfheal.remedy.Incident.Escalation;
import dev.selfheal.remedy.Incident.Marks;
import dev.selfheal.remedy.Incident.Phase;
import dev.selfheal.remedy.Pair.Source;
import dev.selfheal.remedy.Pair.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The open incident of one target of a {@link World}, if there is one, and how it changes. */
final class IncidentRow {

  private static long lastId;

  private final Map<Source, Pair> pairs = new EnumMap<>(Source.class);
  private @Nullable Incident open;

  @Nullable Incident openOrNull() {
    return open;
  }

  boolean isClosed() {
    return open == null;
  }

  long id() {
    return open == null ? 0 : open.id();
  }

  void fires(Source source, Instant now) {
    AlertKey key = new AlertKey(source.name(), Instant.EPOCH);
    Duration repeat = source == Source.DIRECT ? Duration.ofMinutes(1) : null;
    pairs.put(source, new Pair(key, source, Status.FIRING, now, now, repeat));
    open =
        open == null
            ? new Incident(++lastId, Phase.OPEN, pairs(), now, Marks.NONE)
            : new Incident(open.id(), open.phase(), pairs(), open.openedAt(), open.marks());
  }

  void resolves() {
    pairs.replaceAll(
        (source, p) ->
            new Pair(
                p.key(), source, Status.RESOLVED, p.firstHeard(), p.lastHeard(), p.repeatOrNull()));
    if (open != null) {
      open = new Incident(open.id(), open.phase(), pairs(), open.openedAt(), open.marks());
    }
  }

  void acts() {
    open = open == null ? null : open.in(Phase.ACTING);
  }

  void acted(Outcome outcome, Instant now) {
    if (open == null) {
      return;
    }
    boolean recovered = outcome == Outcome.RECOVERED;
    open = open.in(recovered ? Phase.DECAYING : Phase.OPEN);
    Marks m = open.marks();
    if (recovered) {
      mark(new Marks(m.confirmAlways(), now, null, m.escalationOrNull(), m.resumedAtOrNull()));
    }
  }

  void reopened() {
    open = open == null ? null : open.reopened();
  }

  void resumed(Instant now) {
    if (open != null) {
      Marks m = open.marks();
      mark(
          new Marks(
              m.confirmAlways(), m.decayingSinceOrNull(), m.unconfirmedSinceOrNull(), null, now));
    }
  }

  /** Writes down what a decision means for the incident. */
  void note(Decision decision, Confirmation answer, Instant now) {
    if (decision instanceof Decision.Nothing) {
      open = null;
      pairs.clear();
    } else if (open != null && decision instanceof Decision.Escalate escalate) {
      Marks m = open.marks();
      Escalation told = new Escalation(escalate.reason(), now);
      mark(
          new Marks(
              m.confirmAlways(),
              m.decayingSinceOrNull(),
              m.unconfirmedSinceOrNull(),
              told,
              m.resumedAtOrNull()));
    } else if (open != null
        && decision.reason() == Reason.UNCONFIRMED
        && answer == Confirmation.UNKNOWN) {
      Marks m = open.marks();
      Instant since = m.unconfirmedSinceOrNull() == null ? now : m.unconfirmedSinceOrNull();
      mark(
          new Marks(
              m.confirmAlways(),
              m.decayingSinceOrNull(),
              since,
              m.escalationOrNull(),
              m.resumedAtOrNull()));
    }
  }

  private void mark(Marks marks) {
    if (open != null) {
      open = new Incident(open.id(), open.phase(), open.pairs(), open.openedAt(), marks);
    }
  }

  private List<Pair> pairs() {
    return List.copyOf(pairs.values());
  }
}
