package dev.selfheal.dispatch;

import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertKey;
import dev.selfheal.alertmanager.FiringAlerts;
import dev.selfheal.alertmanager.FiringAlerts.Routed;
import dev.selfheal.alertmanager.Payload;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.remedy.Pair.Source;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches from Alertmanager's API the firing alerts that {@code max_alerts} cut off its
 * notifications, and has them taken in as if they had been there. What is not there says nothing.
 */
final class CutAlerts {
  private static final Logger LOG = LoggerFactory.getLogger(CutAlerts.class);

  /** From one question to the next; failures wait twice as long each time. */
  static final Duration APART = Duration.ofSeconds(10);

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /** About eight minutes in all; Alertmanager will have sent again by then. */
  static final int TRIES = 10;

  /** Alerts that are remembered to have been in the notifications; others are heard twice. */
  private static final int MOST_KEYS = 20_000;

  private static final int MOST_RECEIVERS = 100;

  private final Alertmanager alertmanager;
  private final Consumer<Payload> intake;
  private final Workers workers;
  private final LedgerTrouble trouble;
  private final Set<AlertKey> heard = new HashSet<>();
  private final Set<String> receivers = new HashSet<>();
  private boolean set;
  private int failed;
  private @Nullable Long askedAt;
  private String told = "";

  /**
   * @param intake takes in what is missing; may throw a {@link LedgerException}
   */
  CutAlerts(
      Alertmanager alertmanager, Consumer<Payload> intake, Workers workers, LedgerTrouble trouble) {
    this.alertmanager = alertmanager;
    this.intake = intake;
    this.workers = workers;
    this.trouble = trouble;
  }

  /** The alerts of a notification are in the ledger; it may have been cut. Returns at once. */
  synchronized void heard(Payload payload) {
    if (payload.truncated() == 0 || Sources.of(payload) != Source.ALERTMANAGER) {
      return;
    }
    if (!alertmanager.configured()) {
      warn(
          "a notification was cut off, and without alertmanager_url nobody knows what is missing:"
              + " configure it, or take max_alerts out of alertmanager.yml");
      return;
    }
    payload.alerts().stream()
        .map(Alert::key)
        .limit(Math.max(0, MOST_KEYS - heard.size()))
        .forEach(heard::add);
    if (receivers.size() < MOST_RECEIVERS) {
      receivers.add(unquoted(payload.receiver()));
    }
    failed = 0;
    schedule(APART);
  }

  /** Alertmanager quotes its receivers' names as if for a regular expression. */
  private static String unquoted(String receiver) {
    return receiver.replaceAll("\\\\(.)", "$1");
  }

  /** At least so long after the last question. */
  private synchronized void schedule(Duration apart) {
    if (set) {
      return;
    }
    long passed = askedAt == null ? apart.toNanos() : workers.nanos().getAsLong() - askedAt;
    try {
      Future<?> unused =
          workers
              .timer()
              .schedule(
                  () -> workers.askers().execute(this::fetch),
                  Math.max(0, apart.toNanos() - passed),
                  TimeUnit.NANOSECONDS);
      set = true;
    } catch (RejectedExecutionException e) {
      LOG.debug("this receiver ends; what was cut off is told again");
    }
  }

  private void fetch() {
    Set<String> names = begin();
    FiringAlerts answer = alertmanager.firing();
    if (answer instanceof FiringAlerts.Known known) {
      takeIn(known.routed(), names);
    } else if (answer instanceof FiringAlerts.Unreachable unreachable) {
      failed(unreachable.why());
    }
  }

  private synchronized Set<String> begin() {
    set = false;
    askedAt = workers.nanos().getAsLong();
    return Set.copyOf(receivers);
  }

  private void takeIn(List<Routed> routed, Set<String> names) {
    List<Alert> missing =
        routed.stream()
            .filter(each -> !Collections.disjoint(each.receivers(), names))
            .map(Routed::alert)
            .filter(alert -> !wasThere(alert))
            .toList();
    try {
      if (!missing.isEmpty()) {
        intake.accept(new Payload("", 0, missing, 0));
        LOG.info("alerts that were cut off and are fetched from Alertmanager: {}", missing.size());
      }
      done();
    } catch (LedgerException e) {
      trouble.met(e);
      failed("the ledger did not take them");
    }
  }

  private synchronized boolean wasThere(Alert alert) {
    return heard.contains(alert.key());
  }

  /** Another notification may have been cut meanwhile, and then its own question is set already. */
  private synchronized void done() {
    told = "";
    failed = 0;
    if (!set) {
      heard.clear();
      receivers.clear();
    }
  }

  private synchronized void failed(String why) {
    if (Thread.currentThread().isInterrupted()) {
      return; // This receiver ends.
    }
    warn("alerts that were cut off a notification are still missing: " + why);
    failed++;
    if (failed < TRIES) {
      Duration wait = APART.multipliedBy(1L << failed);
      schedule(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    } else {
      heard.clear();
      receivers.clear();
    }
  }

  private void warn(String what) {
    if (!told.equals(what)) {
      told = what;
      LOG.warn("{}", what);
    }
  }
}
