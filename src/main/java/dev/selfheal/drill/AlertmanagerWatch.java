package dev.selfheal.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.AlertmanagerApi;
import dev.selfheal.verify.Trees;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether Alertmanager has the alert, and passes it on. */
final class AlertmanagerWatch extends AlertWatch {
  private static final String ALL = "active=true&silenced=true&inhibited=true";

  private final AlertmanagerApi api;
  private final Alerts alerts;

  AlertmanagerWatch(AlertmanagerApi api, Alerts alerts) {
    super("Alertmanager", api.base());
    this.api = api;
    this.alerts = alerts;
  }

  @Override
  public Set<Stage> stages() {
    return Set.of(Stage.ALERT);
  }

  @Override
  String ask(Timeline timeline) throws NoAnswerException, InterruptedException {
    Optional<JsonNode> found =
        Trees.items(api.alerts(ALL))
            .filter(alert -> alerts.holds(alert.path("labels"), Map.of()))
            .findFirst();
    boolean muted = found.filter(AlertmanagerWatch::suppressed).isPresent();
    if (found.isPresent() && !muted) {
      timeline.reached(Stage.ALERT, "Alertmanager has the alert");
    }
    return muted
        ? "has the alert, and it is silenced or inhibited"
        : "answers, and has no such alert";
  }

  private static boolean suppressed(JsonNode alert) {
    return alert.path("status").path("state").asText().equals("suppressed");
  }

  @Override
  public String mend() {
    return "systemctl status prometheus-alertmanager.service; selfheal verify";
  }
}
