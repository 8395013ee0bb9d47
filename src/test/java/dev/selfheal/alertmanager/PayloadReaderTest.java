package dev.selfheal.alertmanager;

import static dev.selfheal.alertmanager.PayloadText.GOOD_ALERT;
import static dev.selfheal.alertmanager.PayloadText.payload;
import static dev.selfheal.alertmanager.PayloadText.read;
import static dev.selfheal.alertmanager.PayloadText.resource;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PayloadReaderTest {
  private static final AlertKey GPU_01 =
      new AlertKey("9a7f7c2d1e0b4c55", Instant.parse("2026-11-02T14:03:21.482Z"));

  @Test
  void readsAFiringAlertWithAllItsLabels() throws Exception {
    Payload payload = read(resource("firing.json"));
    Map<String, String> labels =
        Map.of(
            "alertname", "OllamaFrozen",
            "instance", "gpu-01:9100",
            "job", "node",
            "severity", "critical");
    assertThat(payload.receiver()).isEqualTo("selfheal");
    assertThat(payload.truncated()).isZero();
    assertThat(payload.odd()).isZero();
    assertThat(payload.alerts())
        .containsExactly(new Alert(GPU_01, AlertStatus.FIRING, labels, Map.of()));
  }

  @Test
  void keepsOfTheAnnotationsOnlyTheOneThatPromisesARepeat() throws Exception {
    String annotations = "{\"summary\":\"for people\",\"selfheal_repeat\":\"30s\"}";
    assertThat(read(payload(GOOD_ALERT.replace("{}", annotations))).alerts())
        .singleElement()
        .extracting(Alert::annotations)
        .isEqualTo(Map.of("selfheal_repeat", "30s"));
  }

  @Test
  void keepsOnceWhatManyAlertsHaveInCommon() throws Exception {
    String other =
        GOOD_ALERT.replaceFirst("\"fingerprint\":\"[0-9a-f]{4}", "\"fingerprint\":\"0000");
    List<Alert> alerts = read(payload(GOOD_ALERT + "," + other)).alerts();
    assertThat(alerts.get(0).key()).isNotEqualTo(alerts.get(1).key());
    assertThat(alerts.get(0).name()).isEqualTo("OllamaFrozen").isSameAs(alerts.get(1).name());
    assertThat(alerts.get(0).labels().keySet().iterator().next())
        .isSameAs(alerts.get(1).labels().keySet().iterator().next());
  }

  @Test
  void givesAResolvedAlertTheKeyItHadWhenItFired() throws Exception {
    Alert alert = read(resource("resolved.json")).alerts().get(0);
    assertThat(alert.status()).isEqualTo(AlertStatus.RESOLVED);
    assertThat(alert.key()).isEqualTo(GPU_01);
  }

  @Test
  void keepsTheReceiversNameQuotedAsAlertmanagerSendsIt() throws Exception {
    assertThat(read(resource("resolved.json")).receiver()).isEqualTo("team\\.gpu");
  }

  @Test
  void judgesEachAlertOfAFiringGroupByItsOwnStatus() throws Exception {
    Payload payload = read(resource("mixed.json"));
    assertThat(payload.alerts())
        .extracting(Alert::status)
        .containsExactly(AlertStatus.RESOLVED, AlertStatus.FIRING);
  }

  @Test
  void readsTimesWithAnyOffsetAndKeepsTheirMilliseconds() throws Exception {
    assertThat(read(resource("mixed.json")).alerts())
        .extracting(alert -> alert.key().startsAt())
        .containsExactly(
            Instant.parse("2026-11-02T14:03:21.482Z"), Instant.parse("2026-11-02T14:05:00.123Z"));
  }

  @Test
  void tellsHowManyAlertsAlertmanagerLeftOut() throws Exception {
    assertThat(read(resource("truncated.json")).truncated()).isEqualTo(7);
  }

  @Test
  void ignoresWhatNewerVersionsAddAtEveryLevel() throws Exception {
    Payload payload = read(resource("newer.json"));
    assertThat(payload.alerts()).extracting(Alert::key).containsExactly(GPU_01);
    assertThat(payload.odd()).isZero();
  }

  @Test
  void takesAPayloadWithoutAlerts() throws Exception {
    assertThat(read(payload(""))).isEqualTo(new Payload("selfheal", 0, List.of(), 0));
  }

  @Test
  void takesTheLastOfTwoEqualKeys() throws Exception {
    String text =
        "{\"version\":\"3\",\"version\":\"4\",\"alerts\":[],\"alerts\":[" + GOOD_ALERT + "]}";
    assertThat(read(text).alerts()).hasSize(1);
  }

  @Test
  void leavesTheStreamOpen() throws Exception {
    InputStream body =
        new ByteArrayInputStream(payload(GOOD_ALERT).getBytes(UTF_8)) {
          @Override
          public void close() {
            throw new AssertionError("closed by the reader");
          }
        };
    assertThat(new PayloadReader().read(body).alerts()).hasSize(1);
  }

  @Test
  void letsAFailureOfTheStreamPassUnchanged() {
    EOFException wentAway = new EOFException("the client went away");
    InputStream broken =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            throw wentAway;
          }
        };
    for (String begun : new String[] {"", "{", "{\"alerts\":[{\"labels\":{\"a\":"}) {
      InputStream body =
          new SequenceInputStream(new ByteArrayInputStream(begun.getBytes(UTF_8)), broken);
      assertThatThrownBy(() -> new PayloadReader().read(body)).isSameAs(wentAway);
    }
  }
}
