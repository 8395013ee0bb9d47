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
    Instant heard = c.seen(incident.lastHeard());
    boolean old = heard.isBefore(c.now().minus(c.limits().confirmAfter()));
    boolean suspect =
        incident.marks().confirmAlways() || incident.phase() == Incident.Phase.DECAYING;
    return old || (suspect && !heardSinceHeld(incident, heard));
  }

  /** A notification that came while nobody could say is an answer, too. */
  private static boolean heardSinceHeld(Incident incident, Instant heard) {
    return Optional.ofNullable(incident.marks().unconfirmedSinceOrNull())
        .filter(heard::isAfter)
        .isPresent();
  }

  static @Nullable Decision unconfirmed(Case c) {
    if (!needed(c)) {
      return null;
    }
    return switch (c.situation().question().confirmation()) {
      case STALLED -> null;
      case OVER -> new Decision.Nothing(over(c));
      case NOT_ASKED, UNKNOWN ->
          new Decision.Hold(c.now().plus(Case.ASK_AGAIN), Reason.UNCONFIRMED);
    };
  }

  private static Reason over(Case c) {
    return c.decayEnds().isPresent() ? Reason.RECOVERY_HELD : Reason.NOT_CONFIRMED;
  }
}
