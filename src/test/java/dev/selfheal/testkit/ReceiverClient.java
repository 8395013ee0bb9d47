package dev.selfheal.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How a test talks to a receiver: as Alertmanager, and as an operator. */
public record ReceiverClient(URI base, Tokens tokens) {

  /** The secrets of the two roles. */
  public record Tokens(String webhook, String operator) {}

  /** Delivers a notification. */
  public Answer notify(String payload) throws IOException {
    return Loopback.post(at("/webhook/alertmanager"), tokens.webhook(), payload);
  }

  /** Whether it is ready now. */
  public boolean isReady() {
    return Loopback.isOk(at("/-/ready"));
  }

  /** Asks as an operator. */
  public Answer get(String path) throws IOException {
    return Loopback.get(at(path), tokens.operator());
  }

  /** Gives an order as an operator. */
  public Answer post(String path, String json) throws IOException {
    return Loopback.post(at(path), tokens.operator(), json);
  }

  /** All incidents, newest first. */
  public List<JsonNode> incidents() throws IOException {
    return list("incidents");
  }

  /** All attempts, newest first. */
  public List<JsonNode> attempts() throws IOException {
    return list("attempts");
  }

  /** Whether there was an incident, and none is open. */
  public boolean allIncidentsAreClosed() throws IOException {
    List<JsonNode> incidents = incidents();
    return !incidents.isEmpty()
        && incidents.stream().allMatch(each -> each.path("state").asText().equals("closed"));
  }

  /** Why the open incidents are held. */
  public List<String> heldBy() throws IOException {
    return incidents().stream()
        .map(each -> each.path("held").path("reason").asText())
        .filter(reason -> !reason.isEmpty())
        .toList();
  }

  /** How long ago the newest incident was opened. */
  public Duration sinceLastOpened() throws IOException {
    Instant opened = Instant.parse(incidents().get(0).path("opened_at").asText());
    return Duration.between(opened, Clock.systemUTC().instant());
  }

  /** Gives an operator's order about a target: {@code pause}, {@code resume}. */
  public void order(String order, String target) throws IOException {
    post("/api/v1/targets/" + target + "/" + order, "{}").json();
  }

  private List<JsonNode> list(String what) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    get("/api/v1/" + what + "?limit=1000").json().path(what).forEach(found::add);
    return found;
  }

  URI at(String path) {
    return URI.create(base + path);
  }
}
