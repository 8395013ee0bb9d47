package dev.selfheal.ledger;

import dev.selfheal.remedy.Fleet;
import dev.selfheal.remedy.Incident;
import dev.selfheal.remedy.PolicyLimits;
import dev.selfheal.remedy.RemediationPolicy;
import dev.selfheal.remedy.Situation;
import dev.selfheal.remedy.Situation.Standing;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Reads what a decision depends on. */
final class Situations {

  private Situations() {}

  static Situation load(Handle h, ClaimRequest request, RemediationPolicy policy, Instant now) {
    PolicyLimits limits = policy.limits();
    String actuator = request.place().actuator();
    Incident incident = IncidentRows.open(h, actuator).orElse(null);
    return new Situation(
        standing(h, request, now),
        incident,
        AttemptRows.history(
            h, actuator, incident == null ? 0 : incident.id(), now.minus(limits.horizon())),
        new Fleet(request.rules().fleetSize(), AttemptRows.fleet(h, limits.fleet().per(), now)),
        request.question());
  }

  private static Standing standing(Handle h, ClaimRequest request, Instant now) {
    String actuator = request.place().actuator();
    return new Standing(
        actuator,
        request.rules().configured(),
        request.rules().mode(),
        PauseRows.longest(h, actuator, now).orElse(null),
        request.rules().quietUntilOrNull(),
        PauseRows.externalRestart(h, actuator).orElse(null),
        Unsighted.since(h, actuator).orElse(null),
        request.rules().ladder());
  }
}
