package dev.selfheal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.selfheal.action.Order;
import dev.selfheal.action.Report;
import dev.selfheal.action.Restarter;
import dev.selfheal.action.Sighting;
import dev.selfheal.alertmanager.ActiveAlerts;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.SqliteLedger;
import dev.selfheal.remedy.Evidence;
import dev.selfheal.remedy.PolicyLimits.FleetLimit;
import dev.selfheal.remedy.Target;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many alerts at once, from many senders, with real threads and the real clock. */
class StormTest {

  private static final int TARGETS = 40;

  @TempDir private Path folder;
  private final ExecutorService actors = Executors.newCachedThreadPool();
  private final ExecutorService lookers = Executors.newFixedThreadPool(4);
  private final ExecutorService askers = Executors.newFixedThreadPool(2);
  private final ExecutorService senders = Executors.newFixedThreadPool(8);
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final Set<String> restarted = ConcurrentHashMap.newKeySet();
  private final AtomicInteger restarts = new AtomicInteger();

  @AfterEach
  void end() throws InterruptedException {
    for (ExecutorService each : List.of(senders, timer, lookers, askers, actors)) {
      each.shutdownNow();
      assertThat(each.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private final Restarter restarter =
      new Restarter() {
        @Override
        public Report restart(Order order) {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          restarts.incrementAndGet();
          restarted.add(order.target().name());
          Thread.onSpinWait();
          running.decrementAndGet();
          return new Report(FakeRestarter.RECOVERED, "");
        }

        @Override
        public Sighting look(Target target) {
          return new Sighting(true, "");
        }
      };

  private Dispatch dispatch(Ledger ledger, Managed managed) {
    Ports ports =
        new Ports(
            restarter,
            target -> new Evidence.Unknown("nobody looked"),
            new FakeAlertmanager(() -> new ActiveAlerts.Known(Set.of(), Set.of(), null)),
            new FakeListener(),
            () -> {});
    Clock clock = Clock.systemUTC();
    Workers workers = new Workers(clock, clock::millis, timer, lookers, askers, actors);
    return new Dispatch(ledger, () -> managed, ports, workers, "a storm");
  }

  @Test
  void restartsEachTargetOnceAndNeverMoreAtATimeThanTheFleetMay() throws Exception {
    Managed managed = Fleet.of(TARGETS, Fleet.limits(new FleetLimit(2, 1, Duration.ofMinutes(10))));
    try (Ledger ledger = SqliteLedger.open(folder.resolve("ledger.db"), Clock.systemUTC())) {
      Dispatch dispatch = dispatch(ledger, managed);
      List<Future<Intake>> sent = new ArrayList<>();
      for (int i = 0; i < 10 * TARGETS; i++) {
        int target = i % TARGETS;
        sent.add(
            senders.submit(() -> dispatch.incidents().accept(Fleet.payload(Fleet.firing(target)))));
      }
      for (Future<Intake> one : sent) {
        assertThat(one.get(30, TimeUnit.SECONDS).accepted()).isEqualTo(1);
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> restarted.size() == TARGETS);
      await().until(() -> running.get() == 0);
      assertThat(ledger.openIncidents()).hasSize(TARGETS);
      end();
    }
    assertThat(restarts).hasValue(TARGETS);
    assertThat(most.get()).isBetween(1, 2);
  }
}
