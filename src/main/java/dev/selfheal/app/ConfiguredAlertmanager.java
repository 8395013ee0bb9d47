package dev.selfheal.app;

import dev.selfheal.alertmanager.ActiveAlerts;
import dev.selfheal.alertmanager.AlertmanagerClient;
import dev.selfheal.alertmanager.FiringAlerts;
import dev.selfheal.alertmanager.PostableAlert;
import dev.selfheal.alertmanager.Posted;
import dev.selfheal.config.Config;
import dev.selfheal.dispatch.Alertmanager;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Talks to whichever Alertmanager is configured at the moment. */
final class ConfiguredAlertmanager implements Alertmanager, AutoCloseable {
  /** Longer than any healthy Alertmanager takes, shorter than an operator waits. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static final String NONE = "no alertmanager_url is configured";

  private volatile @Nullable AlertmanagerClient client;
  private volatile URI self = URI.create("");

  /** Talks to this configuration's Alertmanager from now on. */
  void follow(Config config) {
    self = Settings.externalUrl(config);
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
  public boolean configured() {
    return client != null;
  }

  @Override
  public ActiveAlerts active() {
    AlertmanagerClient now = client;
    return now == null ? new ActiveAlerts.Unreachable(NONE) : now.activeAlerts();
  }

  @Override
  public FiringAlerts firing() {
    AlertmanagerClient now = client;
    return now == null ? new FiringAlerts.Unreachable(NONE) : now.firingAlerts();
  }

  @Override
  public Posted post(PostableAlert alert) {
    AlertmanagerClient now = client;
    return now == null ? new Posted.Unreachable(NONE) : now.post(alert);
  }

  /** A target's name is made of characters that mean themselves in a query. */
  @Override
  public URI incidentsOf(String target) {
    return URI.create(self + "/api/v1/incidents?target=" + target);
  }

  @Override
  public void close() {
    AlertmanagerClient last = client;
    if (last != null) {
      last.close();
    }
  }
}
