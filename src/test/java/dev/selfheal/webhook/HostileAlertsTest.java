package dev.selfheal.webhook;

import static dev.selfheal.testkit.Notification.FIRING;
import static dev.selfheal.testkit.Notification.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;

import dev.selfheal.testkit.EmbeddedReceiver;
import dev.selfheal.testkit.Notification;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is odd in a notification is ignored and counted; the rest of it is acted on. */
@Timeout(60)
class HostileAlertsTest {

  private static final Duration A_FEW_SECONDS = Duration.ofSeconds(10);

  private static final String NASTY =
      "\0\1\b\n\r\t\u001b[2J\u0085\u009b\u202e\u2028`reboot` $(reboot) ; reboot | reboot & ' \" \\"
          + " <script> %n {} ../../etc/passwd \ud83d\ude00 \uffff";

  @AutoClose private final EmbeddedReceiver receiver = EmbeddedReceiver.withTokens();

  @Test
  void tenThousandAlertsOfWhichOneIsGoodRestartOneTarget() {
    Notification body = Notification.empty();
    for (int i = 0; i < 9_999; i++) {
      body.alert(FIRING, Map.of("instance", "host-" + i + ":9100"));
    }
    deliver(body.frozen("gpu-01")).body("accepted", equalTo(1)).body("ignored", equalTo(9_999));
    onlyRestarted("gpu-01");
    assertThat(counted("OllamaFrozen", "no_target")).isEqualTo(9_999);
  }

  @Test
  void tenThousandAlertsOfOneTargetAreOneIncidentAndOneRestart() {
    Notification body = Notification.empty();
    for (int i = 0; i < 10_000; i++) {
      body.alert(FIRING, Map.of("instance", "gpu-01:9100", "number", "" + i));
    }
    deliver(body).body("accepted", equalTo(10_000)).body("incidents", hasSize(1));
    onlyRestarted("gpu-01");
  }

  @Test
  void aThousandProbesAreNotAThousandWritesToTheDisk() {
    Notification body = Notification.of("gpu-01");
    for (int i = 0; i < 1_000; i++) {
      Map<String, String> probe =
          Map.of("selfheal_probe", "n" + i, "instance", "selfheal-verify.invalid");
      body.alert(FIRING, probe);
    }
    deliver(body).body("ignored", equalTo(990));
    onlyRestarted("gpu-01");
  }

  @Test
  void anAlertThatStandsInANotificationTwiceIsOne() {
    deliver(Notification.of("gpu-01").frozen("gpu-01").frozen("gpu-01"))
        .body("accepted", equalTo(3))
        .body("incidents", hasSize(1));
    onlyRestarted("gpu-01");
    assertThat(counted("OllamaFrozen", "duplicate")).isEqualTo(2);
  }

  @Test
  void oneFingerprintForTwoTargetsRestartsEachTargetAtMostOnce() {
    Notification body = Notification.empty();
    for (String instance : List.of("gpu-01:9100", "gpu-02:9100", "nowhere")) {
      body.add(FIRING, "0123456789abcdef", "2026-11-22T09:59:00Z", frozen(instance));
    }
    deliver(body);
    await().until(() -> !receiver.restarter().restarted().isEmpty());
    assertThat(receiver.restarter().restarted()).doesNotHaveDuplicates();
  }

  @Test
  void labelsOfSixtyFourKilobytesAreTakenAsTheyAre() {
    String large = "x".repeat(64 << 10);
    Notification body = Notification.empty();
    for (int i = 0; i < 10; i++) {
      body.alert(FIRING, Map.of("instance", large, "number", "" + i));
      body.alert(FIRING, Map.of("alertname", large + i));
    }
    body.alert(FIRING, Map.of("instance", "gpu-01:9100", "note", large, large, "name"));
    deliver(body).body("accepted", equalTo(1)).body("ignored", equalTo(20));
    onlyRestarted("gpu-01");
  }

  @Test
  void controlCharactersAndShellCharactersInEveryLabelSelectNothing() {
    Notification body =
        Notification.of("gpu-01")
            .alert(FIRING, Map.of("instance", NASTY, NASTY, NASTY))
            .alert(FIRING, Map.of("instance", "gpu-02:9100" + NASTY))
            .alert(FIRING, Map.of("instance", "gpu-02:9100\n"))
            .alert(FIRING, Map.of("instance", "gpu-02:9100\0"))
            .alert(FIRING, Map.of("instance", "GPU-02:9100"))
            .alert(FIRING, Map.of("alertname", "OllamaFrozen\n", "instance", "gpu-02:9100"))
            .alert(FIRING, Map.of("alertname", NASTY, "instance", "gpu-02:9100"));
    deliver(body).body("accepted", equalTo(1)).body("ignored", equalTo(7));
    onlyRestarted("gpu-01");
    assertThat(counted("OllamaFrozen", "no_target")).isEqualTo(5);
    assertThat(counted("other", "other_alert")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z",
        "1969-12-31T23:59:59Z",
        "2026-11-22T10:00:00.123456789+14:00"
      })
  void anAlertOfAnyYearIsActedOn(String startsAt) {
    deliver(Notification.empty().add(FIRING, "0123456789abcdef", startsAt, frozen("gpu-01:9100")))
        .body("accepted", equalTo(1));
    onlyRestarted("gpu-01");
    receiver.operator().get("/api/v1/incidents").then().statusCode(200);
    receiver.operator().get("/api/v1/targets").then().statusCode(200);
    assertThat(receiver.metric("selfheal_ledger_up")).isEqualTo(1);
  }

  @Test
  void anAlertWithoutAUsableTimeIsIgnoredAndCounted() {
    Notification body = Notification.of("gpu-01");
    for (String time : List.of("", "yesterday", "2026-13-01T00:00:00Z", "+10000-01-01T00:00:00Z")) {
      body.add(FIRING, "0123456789abcdef", time, frozen("gpu-02:9100"));
    }
    deliver(body).body("accepted", equalTo(1)).body("ignored", equalTo(4));
    onlyRestarted("gpu-01");
    assertThat(receiver.metric(series("other", "unknown", "odd"))).isEqualTo(4);
  }

  @Test
  void anAlertWithoutAUsableFingerprintOrStatusIsIgnored() {
    Notification body = Notification.of("gpu-01");
    for (String fingerprint : List.of("", "xyz", "0123456789abcdef0", "'; drop table pair --")) {
      body.add(FIRING, fingerprint, "2026-11-22T09:59:00Z", frozen("gpu-02:9100"));
    }
    body.add("exploding", "0123456789abcdef", "2026-11-22T09:59:00Z", frozen("gpu-02:9100"));
    deliver(body).body("accepted", equalTo(1)).body("ignored", equalTo(5));
    onlyRestarted("gpu-01");
  }

  @Test
  void aPairThatWasResolvedBeforeItFiredNeverOpensAnIncident() {
    Map<String, String> labels = Map.of("instance", "gpu-01:9100");
    deliver(Notification.empty().alert(RESOLVED, labels)).body("accepted", equalTo(1));
    deliver(Notification.empty().alert(FIRING, labels)).body("incidents", empty());
    deliver(Notification.of("gpu-02"));
    onlyRestarted("gpu-02");
  }

  @Test
  void anUnknownAlertnameIsIgnoredWhateverItSelects() {
    deliver(
            Notification.empty()
                .alert(FIRING, Map.of("alertname", "OllamaDown", "instance", "gpu-01:9100"))
                .alert(FIRING, Map.of("alertname", "", "instance", "gpu-01:9100"))
                .frozen("gpu-02"))
        .body("ignored", equalTo(2));
    onlyRestarted("gpu-02");
    assertThat(counted("other", "other_alert")).isEqualTo(2);
  }

  @Test
  void anAlertThatSelectsTwoTargetsOrNoneSelectsNothing() {
    deliver(
            Notification.empty()
                .alert(FIRING, Map.of("instance", "gpu-03:9100", "rack", "four"))
                .alert(FIRING, Map.of())
                .alert(FIRING, Map.of("instance", "", "rack", ""))
                .frozen("gpu-02"))
        .body("ignored", equalTo(3));
    onlyRestarted("gpu-02");
    assertThat(counted("OllamaFrozen", "ambiguous")).isEqualTo(1);
    assertThat(counted("OllamaFrozen", "no_target")).isEqualTo(2);
  }

  private ValidatableResponse deliver(Notification body) {
    return receiver
        .alertmanager()
        .body(body.toString())
        .post("/webhook/alertmanager")
        .then()
        .statusCode(200)
        .time(lessThan(A_FEW_SECONDS.toMillis()));
  }

  /** Every other restart would have been held by the fleet's limits, so ask for incidents, too. */
  private void onlyRestarted(String target) {
    await().until(() -> receiver.restarter().restarted().equals(List.of(target)));
    List<String> targets =
        receiver.operator().get("/api/v1/incidents").then().extract().path("incidents.target");
    assertThat(targets).containsExactly(target);
  }

  private double counted(String alertname, String disposition) {
    return receiver.metric(series(alertname, "firing", disposition));
  }

  private static String series(String alertname, String status, String disposition) {
    return "selfheal_alerts_total{alertname=\"%s\",status=\"%s\",disposition=\"%s\",}"
        .formatted(alertname, status, disposition);
  }

  private static Map<String, String> frozen(String instance) {
    return Map.of("alertname", "OllamaFrozen", "instance", instance);
  }
}
