package dev.selfheal.dispatch;

import dev.selfheal.alertmanager.ActiveAlerts;
import dev.selfheal.evidence.TargetEvidence;
import dev.selfheal.remedy.Confirmation;
import dev.selfheal.remedy.Evidence;
import dev.selfheal.remedy.Incident;
import dev.selfheal.remedy.Pair;
import dev.selfheal.remedy.Pair.Source;
import dev.selfheal.remedy.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether old news still holds: the target's own evidence decides, and the configured
 * Alertmanager is asked only where that is unknown.
 */
public final class Confirmer {

  private static final Logger LOG = LoggerFactory.getLogger(Confirmer.class);

  /** One answer serves all targets that are asked about in this time. */
  private static final Duration SHARED = Duration.ofSeconds(2);

  private final TargetEvidence evidence;
  private final Supplier<ActiveAlerts> alertmanager;
  private final Clock clock;
  private @Nullable Answer last;

  private record Answer(Instant asked, Instant given, ActiveAlerts alerts) {

    /** Also one of the future, if the clock was set back. */
    boolean old(Instant now) {
      return Duration.between(given, now).abs().compareTo(SHARED) > 0;
    }
  }

  public Confirmer(TargetEvidence evidence, Supplier<ActiveAlerts> alertmanager, Clock clock) {
    this.evidence = evidence;
    this.alertmanager = alertmanager;
    this.clock = clock;
  }

  /** Whether an incident's alerts still hold. Blocks while it asks. */
  Confirmation confirm(Target target, Incident incident) {
    Evidence says = evidence.of(target);
    LOG.debug("target={} its own evidence: {}", target.name(), says);
    if (says instanceof Evidence.Progressing) {
      return Confirmation.OVER;
    }
    return says instanceof Evidence.Stalled ? Confirmation.STALLED : ask(incident);
  }

  private Confirmation ask(Incident incident) {
    List<Pair> firing = incident.firing(clock.instant());
    ActiveAlerts alerts = askedAfter(incident.lastHeard(clock.instant()));
    if (!(alerts instanceof ActiveAlerts.Known known)) {
      return Confirmation.UNKNOWN;
    }
    if (firing.stream().anyMatch(pair -> known.isActive(pair.key().fingerprint()))) {
      return Confirmation.STALLED;
    }
    boolean allOver = firing.stream().allMatch(pair -> isOver(pair, known));
    return allOver ? Confirmation.OVER : Confirmation.UNKNOWN;
  }

  /** Alertmanager knows nothing of what an exporter or a person tells this receiver directly. */
  private static boolean isOver(Pair pair, ActiveAlerts.Known known) {
    return pair.source() == Source.ALERTMANAGER && known.isOver(pair.key().fingerprint());
  }

  /** An answer that is older than the news knows nothing of it, and would end it. */
  private synchronized ActiveAlerts askedAfter(Instant news) {
    Instant now = clock.instant();
    if (last == null || !last.asked().isAfter(news) || last.old(now)) {
      ActiveAlerts alerts = alertmanager.get();
      logChange(last == null ? null : last.alerts(), alerts);
      last = new Answer(now, clock.instant(), alerts);
    }
    return last.alerts();
  }

  private static void logChange(@Nullable ActiveAlerts before, ActiveAlerts now) {
    Optional<String> gap = now.gap();
    if (before == null || !gap.equals(before.gap())) {
      gap.ifPresent(why -> LOG.warn("old alerts may go unconfirmed: {}", why));
    }
  }
}
