package dev.selfheal.app;

import dev.selfheal.alertmanager.ActiveAlerts;
import dev.selfheal.alertmanager.AlertmanagerClient;
import dev.selfheal.config.Config;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks whichever Alertmanager is configured at the moment. */
final class Questions implements Supplier<ActiveAlerts>, AutoCloseable {

  /** Longer than any healthy Alertmanager takes, shorter than an operator waits. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private volatile @Nullable AlertmanagerClient client;

  /** Asks this configuration's Alertmanager from now on. */
  void follow(Config config) {
    AlertmanagerClient old = client;
    client =
        config.alertmanagerUrl() == null
            ? null
            : new AlertmanagerClient(config.alertmanagerUrl(), LIMIT, config.policy().alerts());
    if (old != null) {
      old.close();
    }
  }

  @Override
  public ActiveAlerts get() {
    AlertmanagerClient now = client;
    return now == null
        ? new ActiveAlerts.Unreachable("no alertmanager_url is configured")
        : now.activeAlerts();
  }

  @Override
  public void close() {
    AlertmanagerClient last = client;
    if (last != null) {
      last.close();
    }
  }
}
