package dev.selfheal.app;

import dev.selfheal.config.Config;
import dev.selfheal.dispatch.Dispatch;
import dev.selfheal.dispatch.Overview;
import dev.selfheal.dispatch.Ports;
import dev.selfheal.dispatch.Workers;
import dev.selfheal.ledger.Ledger;
import dev.selfheal.ledger.LedgerException;
import dev.selfheal.ledger.SqliteLedger;
import dev.selfheal.metrics.ReceiverMetrics;
import dev.selfheal.remedy.Target;
import dev.selfheal.webhook.HttpSettings;
import dev.selfheal.webhook.ReceiverHttp;
import dev.selfheal.webhook.Rooms;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running receiver. Everything it starts ends with {@link #close}. */
public final class SelfhealServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SelfhealServer.class);

  private final Lifecycle lifecycle;
  private final Reloading reloading;
  private final ReceiverHttp http;
  private final End end;

  /** Why the program is to end. */
  private static final class End {
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile boolean failed;

    void fail() {
      failed = true;
      asked.countDown();
    }
  }

  private SelfhealServer(Lifecycle lifecycle, Reloading reloading, ReceiverHttp http, End end) {
    this.lifecycle = lifecycle;
    this.reloading = reloading;
    this.http = http;
    this.end = end;
  }

  /**
   * Starts a receiver; when this returns, it answers.
   *
   * @throws StartupException if it cannot start; nothing is left running then
   */
  public static SelfhealServer start(Startup startup) throws StartupException {
    Lifecycle lifecycle = new Lifecycle();
    try {
      return start(startup, lifecycle);
    } catch (LedgerException e) {
      lifecycle.close();
      throw StartupException.machine(String.valueOf(e.getMessage()));
    } catch (StartupException | RuntimeException e) {
      lifecycle.close();
      throw e;
    }
  }

  private static SelfhealServer start(Startup startup, Lifecycle lifecycle)
      throws StartupException {
    World world = startup.world();
    End end = new End();
    Changes changes = new Changes();
    Reloading reloading = new Reloading(startup, changes);
    ConfiguredAlertmanager alertmanager =
        lifecycle.own("Alertmanager client", new ConfiguredAlertmanager());
    ReceiverMetrics metrics = new ReceiverMetrics(startup.version());
    Ledger ledger =
        lifecycle.own(
            "ledger", SqliteLedger.open(startup.config().ledger().sqlite(), world.clock()));
    Workers workers = Threads.workers(world.clock(), lifecycle);
    Ports ports =
        new Ports(
            world.restarter(), world.evidence(), alertmanager, new Measured(metrics), end::fail);
    Dispatch dispatch =
        new Dispatch(ledger, reloading::managed, ports, workers, UUID.randomUUID().toString());
    Overview overview =
        new Overview(ledger, reloading::managed, dispatch.announcer(), workers.clock());
    Standings standings = new Standings(ledger, overview, dispatch);
    metrics.show(standings::rows, standings::ledgerUp);
    metrics.showDrills(
        new LastDrills(ledger, reloading::managed, dispatch.trouble(), workers.clock())::rows);
    Consumer<Config> follow =
        config -> {
          alertmanager.follow(config);
          metrics.expect(reloading.managed().targets().stream().map(Target::name).toList());
        };
    follow.accept(startup.config());
    // Before anything is looked at: else it would settle this receiver's own first attempts.
    dispatch.adopt();
    changes.follow(follow.andThen(config -> dispatch.configurationChanged()));
    Rooms rooms = new Rooms(dispatch, overview, ledger, reloading::managed, workers.clock());
    ReceiverHttp http =
        lifecycle.own(
            "HTTP",
            listen(
                reloading,
                world,
                rooms,
                new House(metrics, reloading::reload, startup.config().ledger().sqlite())));
    // Not before the port is this receiver's: a start that fails must not have acted.
    dispatch.sweep();
    Rounds.begin(dispatch, ledger, workers, world.supervisor());
    Optional.ofNullable(reloading.tls())
        .flatMap(tls -> tls.warning(world.clock()))
        .ifPresent(warning -> LOG.warn("{}", warning));
    return new SelfhealServer(lifecycle, reloading, http, end);
  }

  private static ReceiverHttp listen(Reloading reloading, World world, Rooms rooms, House house)
      throws StartupException {
    Config config = reloading.config();
    HttpSettings settings =
        new HttpSettings(
            config.listen().host(),
            config.listen().port(),
            config.listen().isLoopback(),
            reloading::credentials,
            reloading.tls(),
            world.silence());
    try {
      return ReceiverHttp.start(settings, rooms, house);
    } catch (RuntimeException e) {
      throw StartupException.machine(
          "listen: %s port %d cannot be used (%s): end what uses it, or choose another"
              .formatted(config.listen().host(), config.listen().port(), rootMessage(e)));
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /** The port that the receiver listens on. */
  public int port() {
    return http.port();
  }

  /** Reads the configuration again; returns every problem, and changes nothing if there is one. */
  public List<String> reload() {
    return reloading.reload();
  }

  /** Asks the receiver to end. */
  public void stop() {
    end.asked.countDown();
  }

  /**
   * Waits until the receiver is asked to end, or has to.
   *
   * @return whether it was asked; false if it has to end because its ledger is damaged
   */
  public boolean awaitEnd() throws InterruptedException {
    end.asked.await();
    return !end.failed;
  }

  @Override
  public void close() {
    lifecycle.close();
    LOG.info("the receiver has ended");
  }
}
