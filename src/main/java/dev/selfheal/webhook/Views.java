package dev.selfheal.webhook;

import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Incident;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parts that several JSON answers share. */
final class Views {

  private Views() {}

  record Held(String reason, String sentence, @Nullable Instant until) {
    static @Nullable Held of(Decision.@Nullable Hold hold) {
      return hold == null
          ? null
          : new Held(hold.reason().label(), hold.reason().sentence(), bounded(hold.until()));
    }
  }

  record Escalated(String reason, String sentence, Instant since) {
    static @Nullable Escalated of(Optional<Incident.Escalation> escalation) {
      return escalation
          .map(e -> new Escalated(e.reason().label(), e.reason().sentence(), e.since()))
          .orElse(null);
    }
  }

  /** The time, or null for a hold that only an event ends. */
  static @Nullable Instant bounded(Instant until) {
    return until.equals(Decision.NO_END) ? null : until;
  }

  static String lower(Enum<?> word) {
    return word.name().toLowerCase(java.util.Locale.ROOT);
  }
}
