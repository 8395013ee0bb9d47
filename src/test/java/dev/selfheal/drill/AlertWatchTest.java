package dev.selfheal.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.remedy.Match;
import dev.selfheal.testkit.FakeApi;
import dev.selfheal.verify.Chain;
import dev.selfheal.verify.Deployment;
import dev.selfheal.verify.Deployment.Neighbours;
import dev.selfheal.verify.Deployment.Secrecy;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prometheus and Alertmanager, as one server says what they say. */
class AlertWatchTest {
  private static final String ALERTS = "/api/v1/alerts";
  private static final String CONFIG = "/api/v1/status/config";
  private static final String RECEIVED = "/api/v2/alerts";
  private static final Match MATCH = new Match(Map.of("host", "gpu-01", "site", "one"), List.of());

  @AutoClose private final FakeApi there = new FakeApi();
  private final Timeline timeline = new Timeline(() -> 0, moment -> {});

  private Chain chain() {
    Secrecy none = new Secrecy(null, "", null);
    return Chain.of(
        new Deployment(
            "0.0.0-test",
            new Deployment.Receiver(URI.create("http://127.0.0.1:1"), none, none, null),
            new Neighbours(there.uri(), there.uri(), null, null, Path.of("/nonexistent")),
            List.of()));
  }

  private Watch prometheus() {
    return new PrometheusWatch(Objects.requireNonNull(chain().prometheusOrNull()), alerts());
  }

  private Watch alertmanager() {
    return new AlertmanagerWatch(Objects.requireNonNull(chain().alertmanagerOrNull()), alerts());
  }

  private static Alerts alerts() {
    return new Alerts(Set.of("OllamaFrozen"), MATCH);
  }

  private void fires(String labels) {
    there.answer(
        ALERTS,
        200,
        """
        {"status": "success", "data": {"alerts": [
          {"state": "firing", "labels": {"alertname": "OllamaFrozen", %s}}]}}
        """
            .formatted(labels));
  }

  private void adds(String labels) {
    there.answer(
        CONFIG,
        200,
        """
        {"status": "success", "data": {"yaml": "global: {external_labels: {%s}}"}}
        """
            .formatted(labels));
  }

  /** As Alertmanager and the receiver see the alert, and Prometheus' own list does not. */
  @Test
  void aTargetMayBeKnownByALabelThatPrometheusAddsToAllItTellsOthers() throws InterruptedException {
    fires("\"host\": \"gpu-01\"");
    adds("site: one");
    Watch watch = prometheus();
    watch.look(timeline);
    watch.look(timeline);
    assertThat(timeline.has(Stage.RULE)).isTrue();
    assertThat(there.asked(CONFIG)).as("questions for what does not change").isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"one, two, true", "two, one, false"})
  void theAlertsOwnLabelIsTheOneThatCounts(String own, String added, boolean seen)
      throws InterruptedException {
    fires("\"host\": \"gpu-01\", \"site\": \"%s\"".formatted(own));
    adds("site: " + added);
    prometheus().look(timeline);
    assertThat(timeline.has(Stage.RULE)).isEqualTo(seen);
  }

  @Test
  void anAlertThatIsPassedOnIsSeen() throws InterruptedException {
    there.answer(
        RECEIVED,
        200,
        """
        [{"labels": {"alertname": "OllamaFrozen", "host": "gpu-01", "site": "one"},
          "status": {"state": "active"}}]
        """);
    alertmanager().look(timeline);
    assertThat(timeline.has(Stage.ALERT)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"401, []", "404, 404 page not found", "502, <html>", "200, {}", "200, hello"})
  void whatIsNoAnswerOfAnAlertmanagerIsNone(int status, String body) throws InterruptedException {
    there.answer(RECEIVED, status, body);
    Watch watch = alertmanager();
    watch.look(timeline);
    assertThat(watch.answers()).isFalse();
    assertThat(watch.trouble())
        .isEqualTo(
            "no Alertmanager answers at %s: status %d, which is not the answer of an Alertmanager"
                .formatted(there.uri(), status));
  }

  @Test
  void anAlertmanagerWithoutTheAlertAnswers() throws InterruptedException {
    there.answer(RECEIVED, 200, "[]");
    Watch watch = alertmanager();
    watch.look(timeline);
    assertThat(watch.answers()).isTrue();
    assertThat(watch.trouble()).endsWith("answers, and has no such alert");
  }
}
