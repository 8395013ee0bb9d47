package dev.selfheal.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.selfheal.http.NoAnswerException;
import dev.selfheal.verify.AlertmanagerApi;
import dev.selfheal.verify.Trees;
import java.util.Optional;
import java.util.Set;

/** Whether Alertmanager has the alert, and passes it on. */
final class AlertmanagerWatch implements Watch {
  private static final String PATH = "/api/v2/alerts?active=true&silenced=true&inhibited=true";

  private final AlertmanagerApi api;
  private final Alerts alerts;
  private volatile String trouble;
  private volatile boolean answers;

  AlertmanagerWatch(AlertmanagerApi api, Alerts alerts) {
    this.api = api;
    this.alerts = alerts;
    this.trouble = "Alertmanager at " + api.base() + " has not answered yet";
  }

  @Override
  public Set<Stage> stages() {
    return Set.of(Stage.ALERT);
  }

  @Override
  public void look(Timeline timeline) throws InterruptedException {
    try {
      Optional<JsonNode> found =
          Trees.items(api.get(PATH))
              .filter(alert -> alerts.holds(alert.path("labels")))
              .findFirst();
      boolean muted = found.filter(AlertmanagerWatch::suppressed).isPresent();
      trouble =
          muted
              ? "Alertmanager at " + api.base() + " has the alert, and it is silenced or inhibited"
              : "Alertmanager at " + api.base() + " answers, and has no such alert";
      if (found.isPresent() && !muted) {
        timeline.reached(Stage.ALERT, "Alertmanager has the alert");
      }
      answers = true;
    } catch (NoAnswerException e) {
      answers = false;
      trouble = "no Alertmanager answers at " + api.base() + ": " + e.why();
    }
  }

  private static boolean suppressed(JsonNode alert) {
    return alert.path("status").path("state").asText().equals("suppressed");
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
    return "systemctl status prometheus-alertmanager.service; selfheal verify";
  }
}
