package dev.selfheal.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.PrometheusApi;
import dev.selfheal.verify.Trees;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether Prometheus fires the alert. */
final class PrometheusWatch extends AlertWatch {
  private final PrometheusApi api;
  private final Alerts alerts;
  private volatile @Nullable Map<String, String> external;

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
    Map<String, String> added = external();
    JsonNode all = api.data("/api/v1/alerts").path("alerts");
    Trees.items(all)
        .filter(alert -> alert.path("state").asText().equals("firing"))
        .filter(alert -> alerts.holds(alert.path("labels"), added))
        .findFirst()
        .ifPresent(alert -> timeline.reached(Stage.RULE, "Prometheus fires " + name(alert)));
    return "answers, and fires no such alert";
  }

  /** It adds them when it tells Alertmanager, and its own list is without them. */
  private Map<String, String> external() throws NoAnswerException, InterruptedException {
    Map<String, String> labels = external;
    if (labels == null) {
      labels = api.externalLabels();
      external = labels;
    }
    return labels;
  }

  private static String name(JsonNode alert) {
    return alert.path("labels").path("alertname").asText();
  }

  @Override
  public String mend() {
    return "systemctl status prometheus.service; selfheal verify";
  }
}
