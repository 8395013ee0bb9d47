package dev.selfheal.e2e;

import static dev.selfheal.e2e.Chain.soon;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.testkit.AlertmanagerProcess;
import dev.selfheal.testkit.RealPrograms;
import dev.selfheal.testkit.ReceiverHome;
import dev.selfheal.testkit.ReceiverProcess;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An Alertmanager that is told to send one alert of a group and no more. */
@Timeout(120)
class CutNotificationIT {
  private static final String TARGETS =
      """
      targets:
        - {name: gpu-01, match: {instance: "gpu-01:9100"}, restart_command: [/bin/true]}
        - {name: gpu-02, match: {instance: "gpu-02:9100"}, restart_command: [/bin/false]}
      """;

  @RegisterExtension final RealPrograms programs = new RealPrograms();

  @Test
  void opensTheIncidentsOfBothHostsOfANotificationThatHoldsOne() throws Exception {
    ReceiverHome home = programs.add(new ReceiverHome());
    AlertmanagerProcess alertmanager =
        programs.add(new AlertmanagerProcess(cutting(home), AlertmanagerProcess.ALONE));
    home.configure(TARGETS + "alertmanager_url: " + alertmanager.uri() + "\n");
    programs.add(ReceiverProcess.ready(home));
    assertThat(home.client().post("/api/v1/pause", "{}").status()).isEqualTo(200);
    alertmanager.post("/api/v2/alerts", "[" + frozen("gpu-01") + "," + frozen("gpu-02") + "]");
    soon("both incidents are open").until(() -> home.client().incidents().size() == 2);
    assertThat(home.client().incidents())
        .extracting(incident -> incident.path("target").asText())
        .containsExactlyInAnyOrder("gpu-01", "gpu-02");
    assertThat(home.client().incidents())
        .allMatch(incident -> incident.path("alerts_total").asInt() == 1)
        .extracting(CutNotificationIT::source)
        .containsOnly("alertmanager");
    assertThat(alertmanager.notificationsSent()).isEqualTo(1);
  }

  private static String source(JsonNode incident) {
    return incident.path("alerts").path(0).path("source").asText();
  }

  /** Began now: for one that is older Alertmanager waits for no other of its group. */
  private static String frozen(String host) {
    return """
        {"labels": {"alertname": "OllamaFrozen", "instance": "%s:9100"},
         "startsAt": "%s", "endsAt": "2099-01-01T00:00:00Z"}"""
        .formatted(host, Clock.systemUTC().instant().truncatedTo(SECONDS).plusNanos(123_456_789));
  }

  private static String cutting(ReceiverHome home) {
    return """
        route: {receiver: self.heal, group_by: [alertname], group_wait: 1s, group_interval: 1h}
        receivers:
          - name: self.heal
            webhook_configs:
              - url: %s
                max_alerts: 1
                http_config:
                  authorization: {credentials_file: %s}
        """
        .formatted(home.webhook(), home.webhookToken());
  }
}
