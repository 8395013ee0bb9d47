package dev.selfheal.dispatch;

import dev.selfheal.alert.Alert;
import dev.selfheal.alertmanager.ActiveAlerts;
import dev.selfheal.ledger.Entry;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.Query;
import dev.selfheal.ledger.SqliteLedger;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Evidence;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.testkit.ManualExecutor;
import dev.selfheal.testkit.ManualTimer;
import dev.selfheal.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A receiver without HTTP, with a real ledger and fakes around it, in the test's own thread. Time
 * passes only when a test lets it; an attempt ends only when a test ends it.
 */
final class Receiver implements AutoCloseable {
  static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");

  final SettableClock clock = new SettableClock(BEGIN);
  final ManualExecutor lookers = new ManualExecutor();
  final ManualExecutor askers = new ManualExecutor();
  final ManualExecutor actors = new ManualExecutor();
  final ManualTimer timer = new ManualTimer(clock, this::settle);
  final FakeRestarter restarter = new FakeRestarter();
  final FakeListener heard = new FakeListener();
  final Tricks tricks = new Tricks();
  final AtomicBoolean damaged = new AtomicBoolean();
  final FakeAlertmanager people = new FakeAlertmanager(this::ask);
  final List<Instant> asked = new ArrayList<>();
  final Ledger ledger;
  final Dispatch dispatch;
  Managed managed;
  Evidence evidence = new Evidence.Unknown("nobody looked");
  Supplier<ActiveAlerts> alertmanager = () -> new ActiveAlerts.Unreachable("down in this test");

  Receiver(Path folder, Managed managed) {
    this.managed = managed;
    this.ledger = tricks.on(SqliteLedger.open(folder.resolve("ledger.db"), clock));
    Ports ports = new Ports(restarter, target -> evidence, people, heard, () -> damaged.set(true));
    Workers workers = new Workers(clock, this::nanos, timer, lookers, askers, actors);
    this.dispatch = new Dispatch(ledger, () -> this.managed, ports, workers, "a test");
  }

  private long nanos() {
    return Duration.between(BEGIN, clock.instant()).toNanos();
  }

  private ActiveAlerts ask() {
    asked.add(clock.instant());
    return alertmanager.get();
  }

  /** The sweep of each minute, which most timelines must do without. */
  Receiver sweeping() {
    var unused = timer.scheduleAtFixedRate(dispatch::sweep, 1, 1, TimeUnit.MINUTES);
    return this;
  }

  Intake hears(Alert... alerts) {
    Intake intake = dispatch.incidents().accept(Fleet.payload(alerts));
    settle();
    return intake;
  }

  /** An exporter says so by itself, without Alertmanager. */
  Intake hearsDirectly(Alert... alerts) {
    Intake intake = dispatch.incidents().accept(Fleet.from("selfheal-exporter", alerts));
    settle();
    return intake;
  }

  /** Alertmanager says that these targets' alerts are active, and no others. */
  void active(int... targets) {
    Set<String> known = new HashSet<>();
    for (int target : targets) {
      known.add(Fleet.fingerprint(target));
    }
    alertmanager = () -> new ActiveAlerts.Known(known, Set.of(), null);
  }

  void unreachable() {
    alertmanager = () -> new ActiveAlerts.Unreachable("down in this test");
  }

  /** Runs all that can run without time passing, except attempts. */
  void settle() {
    while (lookers.runNext() || askers.runNext()) {
      // each may give the other something to do
    }
  }

  void after(Duration time) {
    timer.pass(time);
  }

  /** The attempt that runs longest ends now. */
  void attemptEnds(Result result) {
    restarter.reports(result);
    if (!actors.runNext()) {
      throw new AssertionError("no attempt runs");
    }
    settle();
  }

  void attemptEnds(Outcome outcome) {
    attemptEnds(
        outcome == Outcome.RECOVERED ? FakeRestarter.RECOVERED : FakeRestarter.NOT_RECOVERED);
  }

  /** How many attempts run. */
  int running() {
    return actors.waiting();
  }

  /** The attempts in the ledger, oldest first, by how they ended or {@code running}. */
  List<String> attempts() {
    List<String> labels =
        new ArrayList<>(
            ledger.attempts(new Query(null, false, Query.MOST)).stream()
                .map(
                    entry ->
                        entry.attempt().result().map(r -> r.outcome().label()).orElse("running"))
                .toList());
    Collections.reverse(labels);
    return labels;
  }

  /** The incidents in the ledger, oldest first: {@code open}, {@code acting}, or how it closed. */
  List<String> incidents() {
    List<String> states =
        new ArrayList<>(
            ledger.incidents(new Query(null, false, Query.MOST)).stream()
                .map(Receiver::state)
                .toList());
    Collections.reverse(states);
    return states;
  }

  private static String state(Entry.OfIncident entry) {
    return entry
        .closed()
        .map(closed -> "closed " + closed.how())
        .orElse(entry.incident().phase().toString())
        .toLowerCase(Locale.ROOT);
  }

  /** Why the first target is held, or {@code -}. */
  String held() {
    return dispatch.announcer().held("gpu-0").map(hold -> hold.reason().label()).orElse("-");
  }

  @Override
  public void close() {
    ledger.close();
  }
}
