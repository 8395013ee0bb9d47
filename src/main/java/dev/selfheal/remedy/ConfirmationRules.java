package dev.selfheal.remedy;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules that keep old news from being acted on. A resolve can be lost to a silence, an
 * inhibition or an Alertmanager that went away.
 */
final class ConfirmationRules {

  private ConfirmationRules() {}

  /** Whether somebody must be asked before a restart. A person who asks for one knows. */
  static boolean needed(Case c) {
    return !c.manual()
        && !c.decaying()
        && c.situation().incident().filter(incident -> stale(c, incident)).isPresent();
  }

  private static boolean stale(Case c, Incident incident) {
    if (incident.firing(c.now()).isEmpty()) {
      return false;
    }
    Instant heard = incident.lastHeard(c.now());
    boolean old = heard.isBefore(c.now().minus(c.limits().confirmAfter()));
    boolean suspect =
        incident.marks().confirmAlways() || incident.phase() == Incident.Phase.DECAYING;
    return old || (suspect && !heardSinceHeld(c, incident));
  }

  /**
   * A notification that came while nobody could say is an answer, too, but only for the restart
   * that was held then: one that is older than the last attempt says nothing about its outcome.
   */
  private static boolean heardSinceHeld(Case c, Incident incident) {
    Instant heard = incident.lastHeard(c.now());
    boolean older =
        c.endedOfIncident().stream()
            .flatMap(attempt -> attempt.endedAt().stream())
            .anyMatch(end -> !heard.isAfter(end));
    return !older
        && Optional.ofNullable(incident.marks().unconfirmedSinceOrNull())
            .filter(heard::isAfter)
            .isPresent();
  }

  static @Nullable Decision unconfirmed(Case c) {
    if (!needed(c)) {
      return null;
    }
    return switch (c.situation().question().confirmation()) {
      case STALLED -> null;
      case OVER -> over(c);
      case UNKNOWN -> c.approval() ? null : unsaid(c); // a person who consents has looked
      case NOT_ASKED -> unsaid(c);
    };
  }

  /** Only a resolve or an operator ends a latch, not an answer that may change again. */
  private static @Nullable Decision over(Case c) {
    if (EscalationRules.latched(c) != null) {
      return null;
    }
    return knowsAll(c) ? new Decision.Nothing(ending(c)) : unsaid(c);
  }

  private static Decision unsaid(Case c) {
    return new Decision.Hold(c.askAgain(), Reason.UNCONFIRMED);
  }

  /** An answer says nothing about what was heard while it was waited for. */
  private static boolean knowsAll(Case c) {
    return c.situation()
        .incident()
        .filter(incident -> c.situation().question().isAbout(incident.firing(c.now())))
        .isPresent();
  }

  private static Reason ending(Case c) {
    return c.decayingSince().isPresent() ? Reason.RECOVERY_HELD : Reason.NOT_CONFIRMED;
  }
}
