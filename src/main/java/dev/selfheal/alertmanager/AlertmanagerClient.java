package dev.selfheal.alertmanager;

import dev.selfheal.http.NoAnswerException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the configured Alertmanager, 0.25 or newer, which alerts fire now. Follows no redirect and
 * uses no proxy. Safe for use by many threads; costs nothing until the first question.
 */
public final class AlertmanagerClient implements AutoCloseable {

  /**
   * How long after its start an Alertmanager may not know all that fires: it keeps its silences,
   * but no alerts, and Prometheus sends each firing alert again about once a minute.
   */
  private static final Duration LEARNING = Duration.ofMinutes(5);

  private final ApiAddresses addresses;
  private final Set<String> alertnames;
  private final ApiConnection connection;

  /**
   * @param base the configured {@code alertmanager_url}, with or without a path
   * @param limit the time for one request, from connecting to the last byte of the answer
   * @param alertnames the configured names; alerts with other names are left out
   * @throws IllegalArgumentException if the base cannot be the address of an Alertmanager, or the
   *     limit is not positive
   */
  public AlertmanagerClient(URI base, Duration limit, Collection<String> alertnames) {
    this.alertnames = Set.copyOf(alertnames);
    this.addresses = ApiAddresses.below(base, this.alertnames);
    this.connection = new ApiConnection(limit);
  }

  /**
   * Asks for the alerts, then for Alertmanager's own age, and waits for the answers: up to twice
   * the limit. Never throws for anything that the network or the other side does. An interrupt ends
   * the wait and stays set.
   */
  public ActiveAlerts activeAlerts() {
    try {
      // In this order: one that starts between the two answers counts as young.
      AlertStates alerts = alerts();
      String gap = alerts.open().isEmpty() ? youth() : unjudged();
      return new ActiveAlerts.Known(alerts.active(), alerts.suppressed(), gap);
    } catch (NoAnswerException e) {
      return new ActiveAlerts.Unreachable(here(e.why()));
    }
  }

  /** Ends the client's thread. A question under way ends as unreachable, within its limit. */
  @Override
  public void close() {
    connection.close();
  }

  private AlertStates alerts() throws NoAnswerException {
    byte[] body = connection.get(addresses.alerts()).body();
    try {
      return ApiAlert.states(new ByteArrayInputStream(body), alertnames);
    } catch (MalformedPayloadException | IOException e) {
      throw new NoAnswerException("the answer is not that of an Alertmanager: " + e.getMessage());
    }
  }

  private String unjudged() {
    return here("it has yet to decide whether an alert is active or suppressed");
  }

  /** Why its silence about an alert means nothing yet; null if it has run long enough. */
  private @Nullable String youth() {
    try {
      HttpResponse<byte[]> status = connection.get(addresses.status());
      Duration age = ApiStatus.age(status.headers(), new ByteArrayInputStream(status.body()));
      return age.compareTo(LEARNING) < 0
          ? here("started less than 5 minutes ago, so it may not know all alerts again yet")
          : null;
    } catch (NoAnswerException | MalformedPayloadException | IOException e) {
      return here("nobody knows when it started, its status cannot be read: " + e.getMessage());
    }
  }

  private String here(String what) {
    URI address = addresses.alerts();
    return "Alertmanager at "
        + address.getScheme()
        + "://"
        + address.getRawAuthority()
        + ": "
        + what;
  }
}
