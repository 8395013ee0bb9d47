package dev.selfheal.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What the receiver says of its one target, over its own API. */
final class ReceiverView {
  private final Web web;
  private final URI base;
  private final String token;

  /**
   * @param base its address
   * @param token of the operator
   */
  ReceiverView(Web web, URI base, String token) {
    this.web = web;
    this.base = base;
    this.token = token;
  }

  URI base() {
    return base;
  }

  /** Whether it is ready to take alerts. */
  boolean isReady() throws IOException, InterruptedException {
    return !web.get(base.resolve("/-/ready"), "").isEmpty();
  }

  /** The newest incident with a higher number than this one; null if there is none yet. */
  @Nullable JsonNode incidentAfter(long id) throws IOException, InterruptedException {
    return newest("incidents", id);
  }

  /** The newest attempt with a higher number than this one; null if there is none yet. */
  @Nullable JsonNode attemptAfter(long id) throws IOException, InterruptedException {
    return newest("attempts", id);
  }

  /** How many attempts the ledger holds. */
  int attempts() throws IOException, InterruptedException {
    return list("attempts").size();
  }

  /** How the target stands. */
  JsonNode target() throws IOException, InterruptedException {
    return list("targets").path(0);
  }

  /** What it tells Prometheus. */
  Gauges metrics() throws IOException, InterruptedException {
    return new Gauges(web.get(base.resolve("/metrics"), token));
  }

  private @Nullable JsonNode newest(String list, long after)
      throws IOException, InterruptedException {
    JsonNode first = list(list).path(0);
    return first.path("id").asLong() > after ? first : null;
  }

  private JsonNode list(String name) throws IOException, InterruptedException {
    return web.json(base.resolve("/api/v1/" + name), token).path(name);
  }
}
