package dev.selfheal.alertmanager;

import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One alert of the answer to {@code GET /api/v2/alerts}, as far as it matters here. */
record ApiAlert(
    @Nullable String fingerprint,
    @Nullable String startsAt,
    @Nullable Map<String, String> labels,
    @Nullable Status status,
    Set<String> receivers) {

  /** An alert's own state, and whether anything keeps its notifications back. */
  record Status(@Nullable String state, boolean suppressed) {

    private static Status read(JsonCursor json) throws IOException, MalformedPayloadException {
      String state = null;
      boolean suppressed = false;
      json.enterObject();
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        switch (name) {
          case "state" -> state = json.string();
          case "silencedBy", "inhibitedBy", "mutedBy" -> suppressed |= !json.emptyArray();
          default -> json.skip();
        }
      }
      return new Status(state, suppressed);
    }

    private Set<String> among(AlertStates states) {
      if (suppressed || "suppressed".equals(state)) {
        return states.suppressed();
      }
      return isActive() ? states.active() : states.open();
    }

    private boolean isActive() {
      return !suppressed && "active".equals(state);
    }
  }

  /**
   * Reads the whole answer and sorts the alerts with these names.
   *
   * @throws MalformedPayloadException if it is not the JSON that the API promises
   */
  static AlertStates states(InputStream answer, Set<String> alertnames)
      throws IOException, MalformedPayloadException {
    return JsonCursor.document(
        answer,
        json -> {
          AlertStates states = new AlertStates();
          json.enterArray();
          while (json.nextObject()) {
            ApiAlert alert = read(json, false);
            if (alert.named(alertnames)) {
              alert.judged().among(states).add(alert.hash());
            }
          }
          return states;
        });
  }

  /**
   * Reads the whole answer and returns the alerts with these names that people are told of.
   *
   * @throws MalformedPayloadException if it is not the JSON that the API promises
   */
  static List<FiringAlerts.Routed> firing(InputStream answer, Set<String> alertnames)
      throws IOException, MalformedPayloadException {
    return JsonCursor.document(
        answer,
        json -> {
          List<FiringAlerts.Routed> firing = new ArrayList<>();
          json.enterArray();
          while (json.nextObject()) {
            ApiAlert alert = read(json, true);
            if (alert.named(alertnames) && alert.judged().isActive()) {
              firing.add(alert.routed());
            }
          }
          return firing;
        });
  }

  /** Of one that is not wanted whole only the state is read, of its labels only the name. */
  private static ApiAlert read(JsonCursor json, boolean whole)
      throws IOException, MalformedPayloadException {
    String fingerprint = null;
    String startsAt = null;
    Map<String, String> labels = null;
    Status status = null;
    Set<String> receivers = Set.of();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "fingerprint" -> fingerprint = json.string();
        case "startsAt" -> startsAt = json.string();
        case "labels" -> labels = json.strings(label -> whole || label.equals("alertname"));
        case "status" -> status = Status.read(json);
        case "receivers" -> {
          if (whole) {
            receivers = names(json);
          } else {
            json.skip();
          }
        }
        default -> json.skip();
      }
    }
    return new ApiAlert(fingerprint, startsAt, labels, status, receivers);
  }

  private static Set<String> names(JsonCursor json) throws IOException, MalformedPayloadException {
    Set<String> names = new HashSet<>();
    json.enterArray();
    while (json.nextObject()) {
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        if (name.equals("name")) {
          Optional.ofNullable(json.string()).ifPresent(names::add);
        } else {
          json.skip();
        }
      }
    }
    return names;
  }

  // The API promises these three members. Guessing at an alert without one could read a firing
  // alert as ended, so the whole answer is refused.

  private boolean named(Set<String> alertnames) throws MalformedPayloadException {
    if (labels == null) {
      throw Malformed.at("labels of an alert", "an object of strings", "nothing");
    }
    return alertnames.contains(labels.getOrDefault("alertname", ""));
  }

  private Status judged() throws MalformedPayloadException {
    if (status == null || status.state() == null) {
      throw Malformed.at("status.state of an alert", "a string", "nothing");
    }
    return status;
  }

  private FiringAlerts.Routed routed() throws MalformedPayloadException {
    Instant start =
        Optional.ofNullable(startsAt)
            .flatMap(Rfc3339::parse)
            .orElseThrow(() -> Malformed.at("startsAt of an alert", "an RFC 3339 time", "none"));
    Map<String, String> all = labels == null ? Map.of() : labels;
    Alert alert = new Alert(new AlertKey(hash(), start), AlertStatus.FIRING, all, Map.of());
    return new FiringAlerts.Routed(alert, receivers);
  }

  private String hash() throws MalformedPayloadException {
    return Fingerprint.parse(fingerprint)
        .orElseThrow(() -> Malformed.at("fingerprint of an alert", "16 hex digits", "none"));
  }
}
