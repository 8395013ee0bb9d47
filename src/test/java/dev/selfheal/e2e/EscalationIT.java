package dev.selfheal.e2e;

import static dev.selfheal.e2e.Chain.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.testkit.AlertmanagerProcess;
import dev.selfheal.testkit.MailSink;
import dev.selfheal.testkit.Notification;
import dev.selfheal.testkit.RealPrograms;
import dev.selfheal.testkit.ReceiverHome;
import dev.selfheal.testkit.ReceiverProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A receiver that gives up tells a human, through the shipped Alertmanager configuration. */
@Timeout(120)
class EscalationIT {
  private static final String ALERT = "OllamaRemediationFailed";

  /** One restart, which does not help; a second one is not allowed. */
  private static final String CONFIG =
      """
      policy: {cooldown: 1s, budgets: [{max: 1, per: 1h}]}
      recovery: {timeout: 2s, canary: false}
      external_url: https://selfheal.example.org
      targets:
        - name: gpu-01
          match: {instance: "gpu-01:9100"}
          restart_command: [/bin/false]
          ollama_url: http://127.0.0.1:1
      """;

  @RegisterExtension final RealPrograms programs = new RealPrograms();

  private final String address = AlertmanagerProcess.freeAddress();
  private ReceiverHome home;
  private MailSink mails;

  @BeforeEach
  void prepare() {
    home = programs.add(new ReceiverHome());
    mails = programs.add(new MailSink());
    home.configure(CONFIG + "alertmanager_url: http://" + address + "\n");
  }

  private AlertmanagerProcess alertmanager() {
    Shipped config =
        Shipped.file("alertmanager/alertmanager.yml")
            .with("localhost:25", mails.address())
            .with("http://127.0.0.1:9595/webhook/alertmanager", home.webhook().toString())
            .with("/etc/selfheal/webhook.token", home.webhookToken().toString());
    return programs.add(AlertmanagerProcess.at(address, config.text()));
  }

  private void giveUp() throws IOException {
    assertThat(home.client().notify(Notification.of("gpu-01").toString()).status()).isEqualTo(200);
    soon("it gives up").until(() -> home.client().heldBy().equals(List.of("escalated")));
  }

  private static JsonNode only(AlertmanagerProcess alertmanager) throws IOException {
    List<JsonNode> alerts = alertmanager.alerts(ALERT);
    assertThat(alerts).hasSize(1);
    return alerts.get(0);
  }

  private static void awaitActive(AlertmanagerProcess alertmanager) {
    soon("a human is told").until(() -> alertmanager.states(ALERT).equals(List.of("active")));
  }

  @Test
  void aHumanGetsOneMailAlthoughTheReceiverIsStartedAnewAndNothingIsLeftWhenItIsOver()
      throws Exception {
    AlertmanagerProcess alertmanager = alertmanager();
    ReceiverProcess receiver = programs.add(ReceiverProcess.ready(home));
    giveUp();
    awaitActive(alertmanager);
    JsonNode told = only(alertmanager);
    assertThat(told.path("labels").path("target").asText()).isEqualTo("gpu-01");
    assertThat(told.path("annotations").path("reason").asText()).isEqualTo("budget_spent");
    assertThat(told.path("generatorURL").asText())
        .isEqualTo("https://selfheal.example.org/api/v1/incidents?target=gpu-01");
    soon("a mail comes").until(() -> mails.subjects().size() == 1);
    assertThat(mails.subjects().get(0)).contains("FIRING:1", ALERT);

    alertmanager.post(
        "/api/v2/alerts",
        "[{\"labels\": {\"alertname\": \"SelfhealNotRecovered\", \"target\": \"gpu-01\"}}]");
    soon("what the rules say of it is not told on top")
        .until(() -> alertmanager.states("SelfhealNotRecovered").equals(List.of("suppressed")));

    receiver.kill();
    receiver.close();
    programs.add(ReceiverProcess.ready(home));
    soon("it is told again")
        .until(() -> !only(alertmanager).path("updatedAt").equals(told.path("updatedAt")));
    assertThat(only(alertmanager).path("startsAt")).isEqualTo(told.path("startsAt"));
    assertThat(only(alertmanager).path("fingerprint")).isEqualTo(told.path("fingerprint"));
    assertThat(mails.subjects()).hasSize(1);

    String resolved =
        Notification.empty()
            .alert(Notification.RESOLVED, Map.of("instance", "gpu-01:9100"))
            .toString();
    home.client().notify(resolved);
    soon("it is over").until(() -> alertmanager.alerts(ALERT).isEmpty());
  }

  @Test
  void aHumanIsToldWhenAnAlertmanagerIsBackThatWasAway() throws Exception {
    ReceiverProcess receiver = programs.add(ReceiverProcess.ready(home));
    giveUp();
    soon("the journal says so")
        .until(() -> receiver.log().contains("no human is told through Alertmanager"));
    AlertmanagerProcess alertmanager = alertmanager();
    awaitActive(alertmanager);
    soon("a mail comes").until(() -> mails.subjects().size() == 1);
    assertThat(home.client().get("/metrics").body())
        .containsPattern("selfheal_escalation_posts_total\\{result=\"failed\",?} [1-9]")
        .containsPattern("selfheal_escalation_posts_total\\{result=\"delivered\",?} 1.0");
  }
}
