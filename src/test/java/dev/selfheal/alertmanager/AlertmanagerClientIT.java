package dev.selfheal.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.selfheal.alert.Alert;
import dev.selfheal.alertmanager.ActiveAlerts.Known;
import dev.selfheal.testkit.AlertmanagerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client and the reader against the Alertmanager that Debian ships. */
class AlertmanagerClientIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final BlockingQueue<byte[]> webhooks = new LinkedBlockingQueue<>();
  private HttpServer receiver;
  private AlertmanagerProcess alertmanager;
  private AlertmanagerClient client;

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::receive);
    receiver.start();
    alertmanager = new AlertmanagerProcess(config(), AlertmanagerProcess.ALONE);
    client = new AlertmanagerClient(alertmanager.uri(), SOON, List.of("OllamaFrozen"));
  }

  @AfterEach
  void stop() {
    client.close();
    alertmanager.close();
    receiver.stop(0);
  }

  @Test
  void readsNothingIntoTheEmptyAnswerOfAnAlertmanagerThatHasJustStarted() {
    Known known = (Known) client.activeAlerts();
    assertThat(known.active()).isEmpty();
    assertThat(known.suppressed()).isEmpty();
    assertThat(known.isOver("00000000000000aa")).isFalse();
    assertThat(known.gap()).get().asString().contains("started less than 5 minutes ago");
  }

  @Test
  void readsTheWebhookAndFindsItsFingerprintInTheApi() throws Exception {
    fire("OllamaFrozen", "gpu-01");
    Payload payload = webhook();
    assertThat(payload.receiver()).isEqualTo("team\\.gpu");
    assertThat(payload.odd()).isZero();
    Alert alert = payload.alerts().get(0);
    assertThat(alert.labels()).containsEntry("instance", "gpu-01").hasSize(2);
    assertThat(alert.annotations()).isEmpty();
    assertThat(client.activeAlerts())
        .isInstanceOfSatisfying(
            Known.class,
            known -> assertThat(known.active()).containsExactly(alert.key().fingerprint()));
  }

  @Test
  void leavesOutOtherNames() throws Exception {
    fire("Watchdog", "gpu-01");
    fire("OllamaFrozen", "gpu-02");
    awaitActive(1);
    assertThat(active()).containsExactly(webhookOf("gpu-02"));
  }

  @Test
  void tellsApartASilencedAlert() throws Exception {
    fire("OllamaFrozen", "gpu-01");
    fire("OllamaFrozen", "gpu-02");
    awaitActive(2);
    silence("gpu-01");
    awaitActive(1);
    Known known = (Known) client.activeAlerts();
    assertThat(known.active()).containsExactly(webhookOf("gpu-02"));
    assertThat(known.suppressed()).hasSize(1).allMatch(known::isOver);
  }

  @Test
  void tellsApartAnInhibitedAlert() throws Exception {
    fire("OllamaFrozen", "gpu-01");
    awaitActive(1);
    fire("HostDown", "gpu-01");
    awaitActive(0);
    assertThat(((Known) client.activeAlerts()).suppressed()).hasSize(1);
  }

  @Test
  void noLongerKnowsAResolvedAlert() throws Exception {
    fire("OllamaFrozen", "gpu-01");
    awaitActive(1);
    post("OllamaFrozen", "gpu-01", ",\"endsAt\":\"2020-01-01T00:10:00Z\"");
    awaitActive(0);
    assertThat(((Known) client.activeAlerts()).suppressed()).isEmpty();
  }

  @Test
  void findsTheSameFiringInTheApiAsInTheWebhook() throws Exception {
    post("OllamaFrozen", "gpu-01", ",\"endsAt\":\"2099-01-01T00:00:00Z\"");
    Alert told = webhook().alerts().get(0);
    assertThat(client.firingAlerts())
        .isEqualTo(
            new FiringAlerts.Known(List.of(new FiringAlerts.Routed(told, Set.of("team.gpu")))));
  }

  @Test
  void postsRefreshesAndEndsAnAlertOfItsOwn() throws Exception {
    PostableAlert own = own(Instant.parse("2020-01-01T00:00:00Z"));
    assertThat(client.post(own)).isEqualTo(new Posted.Taken());
    JsonNode first = only();
    assertThat(first.path("startsAt").asText()).isEqualTo("2020-01-01T00:00:00.000Z");
    assertThat(first.path("generatorURL").asText()).isEqualTo("http://receiver.invalid/x?y=z");
    await()
        .atMost(SOON)
        .until(() -> Clock.systemUTC().instant().isAfter(end(first).minusSeconds(299)));
    assertThat(client.post(own)).isEqualTo(new Posted.Taken());
    assertThat(end(only())).isAfter(end(first));
    assertThat(client.post(own.ended(Clock.systemUTC().instant()))).isEqualTo(new Posted.Taken());
    await().atMost(SOON).until(() -> alertmanager.alerts("Own").isEmpty());
  }

  @Test
  void isHeardThoughItsClockIsAheadOfAlertmanagers() throws Exception {
    assertThat(client.post(own(Instant.parse("2098-01-01T00:00:00Z"))))
        .isEqualTo(new Posted.Taken());
    assertThat(only().path("status").path("state").asText()).isNotEqualTo("suppressed");
  }

  private static PostableAlert own(Instant startsAt) {
    return new PostableAlert(
        Map.of("alertname", "Own"),
        Map.of("summary", "a test"),
        startsAt,
        null,
        URI.create("http://receiver.invalid/x?y=z"));
  }

  private JsonNode only() throws IOException {
    List<JsonNode> own = alertmanager.alerts("Own");
    assertThat(own).hasSize(1);
    return own.get(0);
  }

  private static Instant end(JsonNode alert) {
    return Instant.parse(alert.path("endsAt").asText());
  }

  private Set<String> active() {
    return client.activeAlerts() instanceof Known known ? known.active() : Set.of("unknown");
  }

  private void awaitActive(int count) {
    await()
        .atMost(SOON)
        .until(
            () -> client.activeAlerts() instanceof Known known && known.active().size() == count);
  }

  private void fire(String alertname, String instance) throws IOException {
    post(alertname, instance, "");
  }

  private void post(String alertname, String instance, String more) throws IOException {
    String alert =
        """
        [{"labels":{"alertname":"%s","instance":"%s"},"startsAt":"2020-01-01T00:00:00.123987654Z",\
        "annotations":{"summary":"a \\"test\\"\\n\\u001b"}%s}]""";
    alertmanager.post("/api/v2/alerts", alert.formatted(alertname, instance, more));
  }

  private void silence(String instance) throws IOException {
    alertmanager.post(
        "/api/v2/silences",
        """
        {"matchers":[{"name":"instance","value":"%s","isRegex":false,"isEqual":true}],\
        "startsAt":"2020-01-01T00:00:00Z","endsAt":"9999-01-01T00:00:00Z",\
        "createdBy":"test","comment":"test"}"""
            .formatted(instance));
  }

  private Payload webhook() throws Exception {
    byte[] body = webhooks.poll(SOON.toSeconds(), TimeUnit.SECONDS);
    assertThat(body).as("a webhook within %s", SOON).isNotNull();
    return PayloadText.read(body);
  }

  /** Passes over the webhooks of other instances. */
  private String webhookOf(String instance) throws Exception {
    for (; ; ) {
      for (Alert alert : webhook().alerts()) {
        if (instance.equals(alert.labels().get("instance"))) {
          return alert.key().fingerprint();
        }
      }
    }
  }

  private void receive(HttpExchange exchange) throws IOException {
    webhooks.add(exchange.getRequestBody().readAllBytes());
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private String config() {
    return """
        route: {receiver: team.gpu, group_by: ['...'], group_wait: 10ms, group_interval: 1s}
        inhibit_rules:
          - source_matchers: [alertname = HostDown]
            target_matchers: [alertname = OllamaFrozen]
            equal: [instance]
        receivers:
          - name: team.gpu
            webhook_configs: [{url: 'http://127.0.0.1:%d/'}]
        """
        .formatted(receiver.getAddress().getPort());
  }
}
