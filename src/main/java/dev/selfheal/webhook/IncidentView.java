package dev.selfheal.webhook;

import dev.selfheal.ledger.Entry;
import dev.selfheal.remedy.Decision;
import dev.selfheal.remedy.Pair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An incident in a JSON answer. */
record IncidentView(
    long id,
    String target,
    String state,
    @Nullable String closing,
    Views.@Nullable Escalated escalation,
    Views.@Nullable Held held,
    Instant openedAt,
    @Nullable Instant closedAt,
    int alertsTotal,
    int alertsFiring,
    List<AlertView> alerts) {

  record AlertView(
      String fingerprint,
      Instant startsAt,
      String source,
      String status,
      Instant firstHeard,
      Instant lastHeard) {
    static AlertView of(Pair pair) {
      return new AlertView(
          pair.key().fingerprint(),
          pair.key().startsAt(),
          Views.lower(pair.source()),
          Views.lower(pair.status()),
          pair.firstHeard(),
          pair.lastHeard());
    }
  }

  /**
   * @param held why the target's open incident is not acted on now
   */
  static IncidentView of(Entry.OfIncident entry, Optional<Decision.Hold> held) {
    boolean open = entry.closed().isEmpty();
    return new IncidentView(
        entry.incident().id(),
        entry.place().target(),
        open ? Views.lower(entry.incident().phase()) : "closed",
        entry.closed().map(closed -> Views.lower(closed.how())).orElse(null),
        Views.Escalated.of(entry.incident().escalation()),
        open ? Views.Held.of(held.orElse(null)) : null,
        entry.incident().openedAt(),
        entry.closed().map(Entry.Closed::at).orElse(null),
        entry.alerts().all(),
        entry.alerts().firing(),
        entry.incident().pairs().stream().map(AlertView::of).toList());
  }
}
