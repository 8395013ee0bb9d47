package dev.selfheal.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.PrometheusApi;
import dev.selfheal.verify.Trees;
import java.util.Set;

/** Whether Prometheus fires the alert. */
final class PrometheusWatch extends AlertWatch {
  private final PrometheusApi api;
  private final Alerts alerts;

  PrometheusWatch(PrometheusApi api, Alerts alerts) {
    super("Prometheus", api.base());
    this.api = api;
    this.alerts = alerts;
  }

  @Override
  public Set<Stage> stages() {
    return Set.of(Stage.RULE);
  }

  @Override
  String ask(Timeline timeline) throws NoAnswerException, InterruptedException {
    JsonNode all = api.data("/api/v1/alerts").path("alerts");
    Trees.items(all)
        .filter(alert -> alert.path("state").asText().equals("firing"))
        .filter(alert -> alerts.holds(alert.path("labels")))
        .findFirst()
        .ifPresent(alert -> timeline.reached(Stage.RULE, "Prometheus fires " + name(alert)));
    return "answers, and fires no such alert";
  }

  private static String name(JsonNode alert) {
    return alert.path("labels").path("alertname").asText();
  }

  @Override
  public String mend() {
    return "systemctl status prometheus.service; selfheal verify";
  }
}
