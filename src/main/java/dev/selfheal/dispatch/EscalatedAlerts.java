package dev.selfheal.dispatch;

import dev.selfheal.alertmanager.PostableAlert;
import dev.selfheal.ledger.Entry;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.remedy.Incident;
import dev.selfheal.remedy.Incident.Escalation;
import dev.selfheal.remedy.Situation;
import dev.selfheal.remedy.Target;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The alerts that people should get now: one for each target whose open incident needs them. Made
 * of the ledger and the configuration alone, never of what an alert that came in says.
 */
final class EscalatedAlerts {

  /** The receiver's own alert, which never opens an incident. */
  static final String NAME = "OllamaRemediationFailed";

  private final Ledger ledger;
  private final Supplier<Managed> managed;
  private final Function<String, URI> link;
  private final Clock clock;

  /**
   * @param link where people find the incidents of a target
   */
  EscalatedAlerts(
      Ledger ledger, Supplier<Managed> managed, Function<String, URI> link, Clock clock) {
    this.ledger = ledger;
    this.managed = managed;
    this.link = link;
    this.clock = clock;
  }

  /**
   * Reads which they are.
   *
   * @throws dev.selfheal.ledger.LedgerException if the ledger cannot be read
   */
  List<PostableAlert> now() {
    Managed now = managed.get();
    return ledger.openIncidents().stream().flatMap(open -> alert(now, open).stream()).toList();
  }

  /** The incident of a target that is not configured any more ends by itself. */
  private Optional<PostableAlert> alert(Managed now, Entry.OfIncident open) {
    Incident incident = open.incident();
    return incident
        .escalation()
        .filter(escalation -> escalation.reason().tellsHuman())
        .flatMap(
            escalation ->
                now.acting(open.place().actuator())
                    .map(target -> alert(now, target, incident, escalation)));
  }

  private PostableAlert alert(
      Managed now, Target target, Incident incident, Escalation escalation) {
    Situation situation =
        ledger.situation(new Requests("", clock).manual(now, target, ""), now.policy());
    Instant time = clock.instant();
    EscalationText text =
        new EscalationText(
            target.name(),
            escalation.reason(),
            situation.history().stream().filter(a -> a.incident() == incident.id()).toList(),
            now.policy().budgetLeft(situation, time),
            situation.standing().quietUntilOrNull());
    // A clock that was ahead and is right now must not keep people from being told.
    Instant since = escalation.since().isAfter(time) ? time : escalation.since();
    return new PostableAlert(
        labels(target), text.annotations(), since, null, link.apply(target.name()));
  }

  /** The configured ones, so that silences and inhibitions for the host count here, too. */
  private static Map<String, String> labels(Target target) {
    Map<String, String> labels = new HashMap<>(target.match().labels());
    labels.put("alertname", NAME);
    labels.put("target", target.name());
    labels.put("severity", "critical");
    return labels;
  }
}
