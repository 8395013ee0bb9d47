package dev.selfheal.dispatch;

import dev.selfheal.alertmanager.PostableAlert;
import dev.selfheal.alertmanager.Posted;
import dev.selfheal.ledger.LedgerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people through Alertmanager which targets need them, for as long as they do. It compares
 * what should be posted with what was posted, again and again, and so outlasts an Alertmanager that
 * is away, forgets, or is another one than before. If this receiver dies, the alerts end by
 * themselves.
 */
public final class Escalations {
  private static final Logger LOG = LoggerFactory.getLogger(Escalations.class);

  /** Well within Alertmanager's {@code resolve_timeout}, of 5 minutes unless it was changed. */
  static final Duration REFRESH = Duration.ofSeconds(60);

  private final Supplier<List<PostableAlert>> alerts;
  private final Alertmanager alertmanager;
  private final Workers workers;
  private final DispatchListener listener;
  private final LedgerTrouble trouble;
  private final Map<Map<String, String>, Sent> sent = new LinkedHashMap<>();
  private final AtomicBoolean forgotten = new AtomicBoolean();
  private final Coalesced looks;
  private List<PostableAlert> wanted = List.of();
  private Set<String> told = Set.of();

  /**
   * An alert that was posted, or tried to be.
   *
   * @param takenAtOrNull when it was last taken, on the steady clock; null if it is to be posted
   *     whatever the time
   */
  private record Sent(PostableAlert alert, @Nullable Long takenAtOrNull) {
    boolean suffices(PostableAlert now, long nanos) {
      return takenAtOrNull != null
          && alert.endsAt().isEmpty()
          && alert.readsAs(now)
          && nanos - takenAtOrNull < REFRESH.toNanos();
    }
  }

  /**
   * @param alerts reads the alerts that people should get now; may throw a {@link LedgerException}
   */
  Escalations(
      Supplier<List<PostableAlert>> alerts,
      Alertmanager alertmanager,
      Workers workers,
      DispatchListener listener,
      LedgerTrouble trouble) {
    this.alerts = alerts;
    this.alertmanager = alertmanager;
    this.workers = workers;
    this.listener = listener;
    this.trouble = trouble;
    this.looks = new Coalesced(workers.askers(), this::runOnce);
  }

  /** Has it look as soon as an asker is free: something may have changed. Blocks for nothing. */
  public void soon() {
    looks.soon();
  }

  /** Posts everything anew: there may be another Alertmanager now. Blocks for nothing. */
  void forget() {
    forgotten.set(true);
    soon();
  }

  /** Brings Alertmanager up to date, once; blocks while it answers. */
  public synchronized void runOnce() {
    if (!alertmanager.configured()) {
      sent.clear();
      return;
    }
    if (forgotten.getAndSet(false)) {
      sent.replaceAll((labels, before) -> new Sent(before.alert(), null));
    }
    read();
    Set<String> failures = new LinkedHashSet<>();
    boolean reachable = true;
    for (PostableAlert due : due()) {
      reachable = reachable && post(due, failures);
    }
    if (!Thread.currentThread().isInterrupted()) { // else this receiver ends, which says nothing
      tell(failures);
    }
  }

  /** What was known last holds for as long as the ledger cannot be read. */
  private void read() {
    try {
      wanted = alerts.get();
    } catch (LedgerException e) {
      trouble.met(e);
    }
  }

  /** What is over comes first: the same labels may fire anew. */
  private List<PostableAlert> due() {
    Set<Map<String, String>> firing =
        wanted.stream().map(PostableAlert::labels).collect(Collectors.toSet());
    List<PostableAlert> due = new ArrayList<>();
    for (Sent before : sent.values()) {
      PostableAlert alert = before.alert();
      if (!firing.contains(alert.labels())) {
        due.add(alert.endsAt().isPresent() ? alert : alert.ended(workers.clock().instant()));
      }
    }
    long nanos = workers.nanos().getAsLong();
    for (PostableAlert alert : wanted) {
      Sent before = sent.get(alert.labels());
      if (before == null || !before.suffices(alert, nanos)) {
        due.add(alert);
      }
    }
    return due;
  }

  /** Returns whether it makes sense to post more now. */
  private boolean post(PostableAlert alert, Set<String> failures) {
    boolean over = alert.endsAt().isPresent();
    Sent before = sent.put(alert.labels(), new Sent(alert, null));
    Posted posted = alertmanager.post(alert);
    listener.escalationPosted(posted instanceof Posted.Taken);
    if (posted instanceof Posted.Taken) {
      logNews(alert, before);
      sent.put(alert.labels(), new Sent(alert, workers.nanos().getAsLong()));
    } else if (posted instanceof Posted.Refused refused) {
      failures.add("target=" + alert.labels().get("target") + ": " + refused.why());
    } else if (posted instanceof Posted.Unreachable unreachable) {
      failures.add(unreachable.why());
      return false;
    }
    if (over) {
      sent.remove(alert.labels()); // Taken; or refused, and then it is not there either.
    }
    return true;
  }

  private static void logNews(PostableAlert alert, @Nullable Sent before) {
    boolean over = alert.endsAt().isPresent();
    if (over || before == null || before.takenAtOrNull() == null) {
      LOG.info(
          "target={} reason={}: Alertmanager was told that {}",
          alert.labels().get("target"),
          alert.annotations().get("reason"),
          over ? "it needs no human any more" : "it needs a human");
    }
  }

  /** Each failure once, until it is another. */
  private void tell(Set<String> failures) {
    failures.stream()
        .filter(failure -> !told.contains(failure))
        .forEach(
            failure ->
                LOG.error(
                    "no human is told through Alertmanager, which is tried again until it takes"
                        + " the escalation: {}",
                    failure));
    if (failures.isEmpty() && !told.isEmpty()) {
      LOG.info("Alertmanager takes escalations again");
    }
    told = failures;
  }
}
