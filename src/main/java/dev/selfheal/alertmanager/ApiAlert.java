package dev.selfheal.alertmanager;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One alert of the answer to {@code GET /api/v2/alerts}, as far as it matters here. */
record ApiAlert(
    @Nullable String fingerprint, @Nullable Map<String, String> labels, @Nullable Status status) {

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
      return "active".equals(state) ? states.active() : states.open();
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
            ApiAlert alert = read(json);
            if (alert.named(alertnames)) {
              alert.judged().among(states).add(alert.hash());
            }
          }
          return states;
        });
  }

  private static ApiAlert read(JsonCursor json) throws IOException, MalformedPayloadException {
    String fingerprint = null;
    Map<String, String> labels = null;
    Status status = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "fingerprint" -> fingerprint = json.string();
        case "labels" -> labels = json.strings("alertname"::equals);
        case "status" -> status = Status.read(json);
        default -> json.skip();
      }
    }
    return new ApiAlert(fingerprint, labels, status);
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

  private String hash() throws MalformedPayloadException {
    return Fingerprint.parse(fingerprint)
        .orElseThrow(() -> Malformed.at("fingerprint of an alert", "16 hex digits", "none"));
  }
}
