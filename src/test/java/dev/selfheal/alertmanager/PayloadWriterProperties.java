package dev.selfheal.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PayloadWriterProperties {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @Property(tries = 300)
  void whatIsWrittenIsReadAsTheSame(@ForAll("payloads") Payload payload) throws Exception {
    byte[] body = new PayloadWriter().write(payload, NOW);
    assertThat(new PayloadReader().read(new ByteArrayInputStream(body))).isEqualTo(payload);
  }

  @Example
  void hasEveryMemberOfTheFormatAndJudgesTheGroupByItsAlerts() throws Exception {
    Alert fires = alert(AlertStatus.FIRING);
    Alert ended = alert(AlertStatus.RESOLVED);
    JsonNode mixed = written(fires, ended);
    assertThat(mixed.fieldNames())
        .toIterable()
        .contains("version", "groupKey", "truncatedAlerts", "status", "receiver", "groupLabels")
        .contains("commonLabels", "commonAnnotations", "externalURL", "alerts");
    assertThat(mixed.path("status").asText()).isEqualTo("firing");
    assertThat(mixed.at("/alerts/0/endsAt").asText()).isEqualTo("0001-01-01T00:00:00Z");
    assertThat(mixed.at("/alerts/1/endsAt").asText()).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(written(ended).path("status").asText()).isEqualTo("resolved");
  }

  @Example
  void aFingerprintIsThatOfTheSortedLabels() {
    Map<String, String> labels = Map.of("instance", "gpu-01:9100", "alertname", "OllamaFrozen");
    assertThat(Fingerprint.of(labels)).isEqualTo("e914a7f4a1de66cb");
    assertThat(Fingerprint.of(Map.of("a", "bc"))).isNotEqualTo(Fingerprint.of(Map.of("ab", "c")));
  }

  private static JsonNode written(Alert... alerts) throws Exception {
    Payload payload = new Payload("r", 0, List.of(alerts), 0);
    return new ObjectMapper().readTree(new PayloadWriter().write(payload, NOW));
  }

  private static Alert alert(AlertStatus status) {
    return new Alert(new AlertKey("0123456789abcdef", NOW), status, Map.of("a", "b"), Map.of());
  }

  @Provide
  Arbitrary<Payload> payloads() {
    Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(20);
    Arbitrary<Map<String, String>> labels = Arbitraries.maps(texts, texts).ofMaxSize(5);
    Arbitrary<Map<String, String>> promises =
        Arbitraries.maps(Arbitraries.just(Payload.REPEAT_ANNOTATION), texts).ofMaxSize(1);
    Arbitrary<AlertKey> keys =
        Combinators.combine(
                labels,
                Arbitraries.longs().between(-62_135_596_800L, 253_402_300_799L),
                Arbitraries.integers().between(0, 999_999_999))
            .as((from, s, n) -> new AlertKey(Fingerprint.of(from), Instant.ofEpochSecond(s, n)));
    Arbitrary<Alert> alerts =
        Combinators.combine(keys, Arbitraries.of(AlertStatus.class), labels, promises)
            .as(Alert::new);
    return Combinators.combine(
            texts, Arbitraries.longs().greaterOrEqual(0), alerts.list().ofMaxSize(4))
        .as((receiver, truncated, list) -> new Payload(receiver, truncated, list, 0));
  }
}
