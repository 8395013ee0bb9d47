package dev.selfheal.dispatch;

import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import dev.selfheal.ledger.News;
import dev.selfheal.remedy.Pair.Source;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.TargetRouter.Route;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Says what each alert of one notification is to the receiver. */
final class Sorter {

  private static final String PROBE_LABEL = "selfheal_probe";
  private static final String PROBE_ALERT = "OllamaFrozen";
  private static final String PROBE_INSTANCE = "selfheal-verify.invalid";
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Each probe costs a commit; nobody who tries honestly sends more at once. */
  private static final int MOST_PROBES = 10;

  private final Managed managed;
  private final RepeatCache repeats;
  private final Source source;
  private final Set<Seen> seen = new HashSet<>();
  private final Set<String> probes = new LinkedHashSet<>();

  Sorter(Managed managed, RepeatCache repeats, Source source) {
    this.managed = managed;
    this.repeats = repeats;
    this.source = source;
  }

  private record Seen(AlertKey key, AlertStatus status) {}

  /** What an alert is to the receiver. */
  sealed interface Sorted {
    /** It goes into the ledger. */
    record Fresh(Alert alert, News news) implements Sorted {}

    /** The ledger has known it for less than a moment. */
    record Known(long incident) implements Sorted {}

    /** It stands in the same notification twice. */
    record Twice() implements Sorted {}

    /** Somebody tries whether alerts arrive here. */
    record Probe() implements Sorted {}

    /** It concerns nothing. */
    record Ignored(String why) implements Sorted {}
  }

  Sorted sort(Alert alert) {
    if (alert.labels().containsKey(PROBE_LABEL)) {
      return probe(alert);
    }
    if (alert.name().equals(EscalatedAlerts.NAME)) {
      return new Sorted.Ignored("own_alert"); // whatever is configured: it would feed on itself
    }
    if (!managed.alertnames().contains(alert.name())) {
      return new Sorted.Ignored("other_alert");
    }
    if (!seen.add(new Seen(alert.key(), alert.status()))) {
      return new Sorted.Twice();
    }
    Optional<Long> known = repeats.incidentOf(alert);
    return known.<Sorted>map(Sorted.Known::new).orElseGet(() -> routed(alert));
  }

  private Sorted routed(Alert alert) {
    Route route = managed.router().route(alert.labels());
    if (route instanceof Route.To to) {
      return new Sorted.Fresh(
          alert,
          new News(
              Managed.place(to.target()),
              alert.key(),
              alert.status(),
              source,
              Sources.repeat(alert, source)));
    }
    Reason reason = ((Route.Nowhere) route).reason();
    return new Sorted.Ignored(reason.label());
  }

  /** The nonces of the probes that were sorted, each once. */
  Set<String> probes() {
    return Collections.unmodifiableSet(probes);
  }

  /** The reserved probe is recorded; whatever else carries its label opens nothing either. */
  private Sorted probe(Alert alert) {
    String nonce = alert.labels().getOrDefault(PROBE_LABEL, "");
    boolean reserved =
        alert.name().equals(PROBE_ALERT)
            && PROBE_INSTANCE.equals(alert.labels().get("instance"))
            && NONCE.matcher(nonce).matches();
    if (!reserved || (probes.size() == MOST_PROBES && !probes.contains(nonce))) {
      return new Sorted.Ignored("odd_probe");
    }
    probes.add(nonce);
    return new Sorted.Probe();
  }
}
