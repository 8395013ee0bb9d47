package dev.selfheal.alertmanager;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.selfheal.http.NoAnswerException;
import dev.selfheal.http.Printable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the configured Alertmanager, 0.25 or newer, which alerts fire now, and posts own ones to it.
 * Follows no redirect and uses no proxy. Safe for use by many threads; costs nothing until the
 * first question.
 */
public final class AlertmanagerClient implements AutoCloseable {

  /**
   * How long after its start an Alertmanager may not know all that fires: it keeps its silences,
   * but no alerts, and Prometheus sends each firing alert again about once a minute.
   */
  private static final Duration LEARNING = Duration.ofMinutes(5);

  private static final int MAX_DETAIL = 120;

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

  /**
   * Asks for the alerts that people are told of now, and waits for the answer up to the limit. Else
   * like {@link #activeAlerts}.
   */
  public FiringAlerts firingAlerts() {
    try {
      return new FiringAlerts.Known(read(in -> ApiAlert.firing(in, alertnames)));
    } catch (NoAnswerException e) {
      return new FiringAlerts.Unreachable(here(e.why()));
    }
  }

  /**
   * Posts an alert of this program's own, and waits for the answer: up to twice the limit. Never
   * throws for anything that the network or the other side does. An interrupt ends the wait and
   * stays set.
   */
  public Posted post(PostableAlert alert) {
    try {
      HttpResponse<byte[]> answer =
          connection.post(addresses.posts(), PostableAlertWriter.write(alert, true));
      if (answer.statusCode() == 400) {
        // A beginning that lies in the future by Alertmanager's clock is refused. Whose clock is
        // wrong does not matter to the people who are to be told.
        answer = connection.post(addresses.posts(), PostableAlertWriter.write(alert, false));
      }
      return posted(answer);
    } catch (NoAnswerException e) {
      return new Posted.Unreachable(here(e.why()));
    }
  }

  private Posted posted(HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    if (status / 100 == 2) {
      return new Posted.Taken();
    }
    String why =
        here(
            "status %d: %s"
                .formatted(
                    status, Printable.cut(new String(answer.body(), UTF_8).strip(), MAX_DETAIL)));
    return status == 400 ? new Posted.Refused(why) : new Posted.Unreachable(why);
  }

  /** Ends the client's thread. A question under way ends as unreachable, within its limit. */
  @Override
  public void close() {
    connection.close();
  }

  private AlertStates alerts() throws NoAnswerException {
    return read(in -> ApiAlert.states(in, alertnames));
  }

  /** Takes apart the answer to the question for alerts. */
  private interface Reading<T> {
    T of(InputStream answer) throws IOException, MalformedPayloadException;
  }

  private <T> T read(Reading<T> reading) throws NoAnswerException {
    byte[] body = connection.get(addresses.alerts()).body();
    try {
      return reading.of(new ByteArrayInputStream(body));
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
