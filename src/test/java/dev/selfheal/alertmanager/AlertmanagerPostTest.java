package dev.selfheal.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import dev.selfheal.alertmanager.FiringAlerts.Known;
import dev.selfheal.alertmanager.FiringAlerts.Routed;
import dev.selfheal.testkit.FakeApi;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alerts of our own that are posted, and foreign ones that are fetched, over HTTP. */
class AlertmanagerPostTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00.5Z");
  private static final String POSTS = "/am/api/v2/alerts";
  private static final PostableAlert ALERT =
      new PostableAlert(
          Map.of("alertname", "Own", "target", "gpu-01"),
          Map.of("summary", "a \"human\" is needed: \u00fc"),
          START,
          null,
          URI.create("http://127.0.0.1:9595/api/v1/incidents?target=gpu-01"));

  private final FakeApi server = new FakeApi();
  private final AlertmanagerClient client =
      new AlertmanagerClient(
          URI.create(server.uri() + "/am"), Duration.ofSeconds(20), List.of("OllamaFrozen"));

  @AfterEach
  void end() {
    client.close();
    server.close();
  }

  private List<String> bodies() {
    return server.asked().stream().map(FakeApi.Asked::body).toList();
  }

  @Test
  void postsWhatFiresWithoutAnEndSoThatItEndsByTheOtherClock() {
    server.answer(POSTS, 200, "");
    assertThat(client.post(ALERT)).isEqualTo(new Posted.Taken());
    assertThat(bodies())
        .containsExactly(
            """
            [{"labels":{"alertname":"Own","target":"gpu-01"},\
            "annotations":{"summary":"a \\"human\\" is needed: \\u00FC"},\
            "startsAt":"2026-11-22T10:00:00.500Z",\
            "generatorURL":"http://127.0.0.1:9595/api/v1/incidents?target=gpu-01"}]""");
  }

  @Test
  void postsTheEndOfWhatIsOverButNoneBeforeItsBeginning() {
    server.answer(POSTS, 200, "");
    client.post(ALERT.ended(START.plusSeconds(9)));
    client.post(ALERT.ended(START.minusSeconds(9)));
    assertThat(bodies().get(0)).contains("\"endsAt\":\"2026-11-22T10:00:09.500Z\"");
    assertThat(bodies().get(1)).contains("\"endsAt\":\"2026-11-22T10:00:00.500Z\"");
  }

  @Test
  void leavesTheBeginningToAnAlertmanagerWhoseClockIsBehind() {
    server.answer(POSTS, 400, "\"start time must be before end time\"\n");
    assertThat(client.post(ALERT))
        .isEqualTo(
            new Posted.Refused(
                "Alertmanager at "
                    + server.uri()
                    + ": status 400: \"start time must be before end time\""));
    assertThat(bodies()).hasSize(2);
    assertThat(bodies().get(0)).contains("startsAt");
    assertThat(bodies().get(1)).contains("Own").doesNotContain("startsAt");
  }

  @Test
  void saysWhyNobodyTookIt() {
    assertThat(client.post(ALERT))
        .isEqualTo(
            new Posted.Unreachable(
                "Alertmanager at " + server.uri() + ": status 404: 404 page not found"));
    server.close();
    assertThat(client.post(ALERT)).isInstanceOf(Posted.Unreachable.class);
  }

  @Test
  void fetchesWhatFiresAndWhomItGoesTo() {
    server.answer(
        POSTS,
        200,
        "["
            + alert("00000000000000AA", "OllamaFrozen", "\"state\":\"active\",\"silencedBy\":[]")
            + ","
            + alert("00000000000000bb", "OllamaFrozen", "\"state\":\"active\",\"mutedBy\":[\"x\"]")
            + ","
            + alert("00000000000000cc", "OllamaFrozen", "\"state\":\"suppressed\"")
            + ","
            + alert("00000000000000dd", "OllamaDown", "\"state\":\"active\"")
            + "]");
    AlertKey key = new AlertKey("00000000000000aa", Instant.parse("2026-11-22T09:59:00.123Z"));
    Map<String, String> labels = Map.of("alertname", "OllamaFrozen", "instance", "gpu-01:9100");
    assertThat(client.firingAlerts())
        .isEqualTo(
            new Known(
                List.of(
                    new Routed(
                        new Alert(key, AlertStatus.FIRING, labels, Map.of()),
                        Set.of("self.heal", "humans")))));
  }

  @Test
  void guessesNothingWhenTheAnswerIsNotWhatItShouldBe() {
    server.answer(POSTS, 200, alert("00000000000000aa", "OllamaFrozen", "\"state\":\"active\""));
    assertThat(client.firingAlerts()).isInstanceOf(FiringAlerts.Unreachable.class);
    server.answer(POSTS, 200, "[{\"labels\":{\"alertname\":\"OllamaFrozen\"}}]");
    assertThat(client.firingAlerts()).isInstanceOf(FiringAlerts.Unreachable.class);
    server.answer(POSTS, 500, "[]");
    assertThat(client.firingAlerts())
        .isEqualTo(
            new FiringAlerts.Unreachable("Alertmanager at " + server.uri() + ": status 500"));
  }

  private static String alert(String fingerprint, String alertname, String status) {
    return """
        {"annotations":{"summary":"x"},"startsAt":"2026-11-22T09:59:00.123Z",\
        "receivers":[{"name":"self.heal"},{"name":"humans","more":1}],"fingerprint":"%s",\
        "labels":{"alertname":"%s","instance":"gpu-01:9100"},"status":{%s}}"""
        .formatted(fingerprint, alertname, status);
  }
}
