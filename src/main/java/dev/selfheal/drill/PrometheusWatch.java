package dev.selfheal.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.PrometheusApi;
import dev.selfheal.verify.Trees;
import java.util.Set;

/** Whether Prometheus fires the alert. */
final class PrometheusWatch implements Watch {
  private final PrometheusApi api;
  private final Alerts alerts;
  private volatile String trouble;
  private volatile boolean answers;

  PrometheusWatch(PrometheusApi api, Alerts alerts) {
    this.api = api;
    this.alerts = alerts;
    this.trouble = "Prometheus at " + api.base() + " has not answered yet";
  }

  @Override
  public Set<Stage> stages() {
    return Set.of(Stage.RULE);
  }

  @Override
  public void look(Timeline timeline) throws InterruptedException {
    try {
      JsonNode all = api.data("/api/v1/alerts").path("alerts");
      Trees.items(all)
          .filter(alert -> alert.path("state").asText().equals("firing"))
          .filter(alert -> alerts.holds(alert.path("labels")))
          .findFirst()
          .ifPresent(alert -> timeline.reached(Stage.RULE, "Prometheus fires " + name(alert)));
      trouble = "Prometheus at " + api.base() + " answers, and fires no such alert";
      answers = true;
    } catch (NoAnswerException e) {
      answers = false;
      trouble = "no Prometheus answers at " + api.base() + ": " + e.why();
    }
  }

  private static String name(JsonNode alert) {
    return alert.path("labels").path("alertname").asText();
  }

  @Override
  public boolean answers() {
    return answers;
  }

  @Override
  public String trouble() {
    return trouble;
  }

  @Override
  public String mend() {
    return "systemctl status prometheus.service; selfheal verify";
  }
}
