package dev.selfheal.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
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

  private List<JsonNode> list(String what) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    get("/api/v1/" + what + "?limit=1000").json().path(what).forEach(found::add);
    return found;
  }

  URI at(String path) {
    return URI.create(base + path);
  }
}
