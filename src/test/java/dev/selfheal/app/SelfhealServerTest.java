package dev.selfheal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.selfheal.action.Order;
import dev.selfheal.action.Report;
import dev.selfheal.action.Restarter;
import dev.selfheal.action.Sighting;
import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import dev.selfheal.config.Config;
import dev.selfheal.config.ConfigLoader;
import dev.selfheal.config.LoadResult;
import dev.selfheal.dispatch.Managed;
import dev.selfheal.evidence.TargetEvidence;
import dev.selfheal.ledger.Entry;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.News;
import dev.selfheal.ledger.Query;
import dev.selfheal.ledger.SqliteLedger;
import dev.selfheal.remedy.Attempt.Result;
import dev.selfheal.remedy.Outcome;
import dev.selfheal.remedy.Pair.Source;
import dev.selfheal.remedy.Reason;
import dev.selfheal.remedy.Target;
import dev.selfheal.testkit.RecordedLog;
import dev.selfheal.webhook.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfhealServerTest {

  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger restarts = new AtomicInteger();

  @TempDir private Path folder;
  private Supervisor supervisor = Supervisor.NONE;

  /** Holds an attempt open until the test releases it. */
  private final Restarter restarter =
      new Restarter() {
        @Override
        public Report restart(Order order) {
          restarts.incrementAndGet();
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new Report(Result.of(Outcome.RECOVERED, Reason.PROVEN), "");
        }

        @Override
        public Sighting look(Target target) {
          return new Sighting(true, "not read in this test");
        }
      };

  private Startup startup(int port) throws IOException {
    Path file = folder.resolve("selfheal.yml");
    Files.writeString(
        file,
        """
        listen: 127.0.0.1:%d
        ledger: sqlite:%s/ledger.db
        targets: [{name: a, match: {instance: a}, restart_command: [restart, a]}]
        """
            .formatted(port, folder));
    LoadResult read = ConfigLoader.load(file, Map.of(), () -> List.of("gpu-01"));
    Config config = ((LoadResult.Loaded) read).config();
    World world =
        new World(
            Clock.systemUTC(),
            restarter,
            TargetEvidence.NONE,
            HttpSettings.USUAL_SILENCE,
            supervisor);
    return new Startup(config, () -> read, "test", world);
  }

  /** Counts the words of a receiver that it may take for frozen. */
  private static final class Strict implements Supervisor {
    private final AtomicInteger beats = new AtomicInteger();

    @Override
    public void ready(String status) {}

    @Override
    public Optional<Duration> watchdog() {
      return Optional.of(Duration.ofMillis(150));
    }

    @Override
    public void alive() {
      beats.incrementAndGet();
    }
  }

  private Ledger ledger() {
    return SqliteLedger.open(folder.resolve("ledger.db"), Clock.systemUTC());
  }

  private void leaveAnOpenIncident() throws IOException {
    Target target = Settings.managed(startup(0).config()).targets().get(0);
    try (Ledger ledger = ledger()) {
      ledger.hear(
          List.of(
              new News(
                  Managed.place(target),
                  new AlertKey("00000000000000aa", Instant.EPOCH),
                  AlertStatus.FIRING,
                  Source.ALERTMANAGER,
                  null)));
    }
  }

  @Test
  void goesOnWithALeftIncidentAndNeverTakesItsOwnAttemptForALeftOne() throws Exception {
    leaveAnOpenIncident();
    try (SelfhealServer server = SelfhealServer.start(startup(0))) {
      await().until(() -> restarts.get() == 1);
      assertThat(server.reload()).isEmpty();
      release.countDown();
      server.stop();
      assertThat(server.awaitEnd()).isTrue();
    }
    try (Ledger ledger = ledger()) {
      List<Entry.OfAttempt> attempts = ledger.attempts(new Query(null, false, 10));
      assertThat(attempts)
          .singleElement()
          .matches(entry -> entry.attempt().endedWith(Outcome.RECOVERED));
    }
  }

  @Test
  void tellsTheSupervisorThatItLivesWhileItsLedgerCanBeWritten() throws Exception {
    Strict strict = new Strict();
    supervisor = strict;
    try (SelfhealServer server = SelfhealServer.start(startup(0))) {
      assertThat(server.port()).isPositive();
      await().until(() -> strict.beats.get() >= 2);
      try (Connection other =
              DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
          Statement statement = other.createStatement();
          RecordedLog log = new RecordedLog("dev.selfheal.dispatch.LedgerTrouble")) {
        statement.execute("begin immediate");
        await().until(() -> !log.lines("is locked").isEmpty());
        int before = strict.beats.get();
        await().during(Duration.ofMillis(500)).until(() -> strict.beats.get() <= before + 1);
      }
      int later = strict.beats.get();
      await().until(() -> strict.beats.get() > later);
    }
  }

  @Test
  void leavesNothingRunningIfItCannotListen() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Startup startup = startup(other.getLocalPort());
      assertThatThrownBy(() -> SelfhealServer.start(startup))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("listen: 127.0.0.1 port " + other.getLocalPort());
    }
    ledger().close(); // is not locked any more
  }

  @Test
  void restartsNothingIfItCannotListen() throws Exception {
    leaveAnOpenIncident();
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Startup startup = startup(other.getLocalPort());
      assertThatThrownBy(() -> SelfhealServer.start(startup)).isInstanceOf(StartupException.class);
    }
    assertThat(restarts).hasValue(0);
    try (Ledger ledger = ledger()) {
      assertThat(ledger.attempts(new Query(null, false, 10))).isEmpty();
      assertThat(ledger.openIncidents()).as("left to the next start").hasSize(1);
    }
  }
}
