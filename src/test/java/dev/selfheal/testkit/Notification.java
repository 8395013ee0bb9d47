package dev.selfheal.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** The body of a notification as Alertmanager would send it, with whatever alerts a test wants. */
public final class Notification {
  public static final String FIRING = "firing";
  public static final String RESOLVED = "resolved";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode body = JSON.createObjectNode();
  private final ArrayNode alerts;

  private Notification() {
    body.put("version", "4").put("receiver", "selfheal").put("status", FIRING);
    alerts = body.putArray("alerts");
  }

  /** A notification without alerts. */
  public static Notification empty() {
    return new Notification();
  }

  /** A notification that {@code OllamaFrozen} fires on this target of {@link EmbeddedReceiver}. */
  public static Notification of(String target) {
    return new Notification().frozen(target);
  }

  /** Adds that {@code OllamaFrozen} fires on this target. */
  public Notification frozen(String target) {
    return alert(FIRING, Map.of("instance", target + ":9100"));
  }

  /** Adds an alert; its name is OllamaFrozen unless the labels say otherwise. */
  public Notification alert(String status, Map<String, String> labels) {
    Map<String, String> all = new TreeMap<>(Map.of("alertname", "OllamaFrozen"));
    all.putAll(labels);
    String fingerprint = "%016x".formatted(0x9e3779b97f4a7c15L * (all.hashCode() + 1L));
    return add(status, fingerprint, "2026-11-22T09:59:00Z", all);
  }

  /** Adds an alert, all of whose members the test chooses. */
  public Notification add(
      String status, String fingerprint, String startsAt, Map<String, String> labels) {
    ObjectNode alert = alerts.addObject();
    alert.put("status", status).put("fingerprint", fingerprint).put("startsAt", startsAt);
    alert.put("endsAt", "0001-01-01T00:00:00Z").putObject("annotations").put("summary", "stalled");
    ObjectNode labelled = alert.putObject("labels");
    labels.forEach(labelled::put);
    return this;
  }

  /** The body. */
  @Override
  public String toString() {
    return body.toString();
  }
}
