package dev.selfheal.verify;

import dev.selfheal.alertmanager.PostableAlert;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * The synthetic alert that receivers record and never act on.
 *
 * @param nonce of letters, digits and hyphens, another one each time
 */
record ProbeAlert(String nonce) {
  private static final String PAYLOAD =
      """
      {"version":"4","groupKey":"selfheal-verify","truncatedAlerts":0,"status":"firing",
       "receiver":"selfheal-verify","groupLabels":{},"commonLabels":{},"commonAnnotations":{},
       "externalURL":"","alerts":[{"status":"firing","annotations":{},"generatorURL":"",
       "labels":{"alertname":"OllamaFrozen","instance":"selfheal-verify.invalid",
       "selfheal_probe":"%1$s"},"startsAt":"%2$s","endsAt":"0001-01-01T00:00:00Z",
       "fingerprint":"0000000000000000"}]}
      """;

  /**
   * For Alertmanager. Its severity is that of the real one, which routes may look at. The label
   * {@code ollama} gives it a group of its own where alerts are grouped as in the shipped file, so
   * that it waits for no {@code group_interval} of an earlier one.
   */
  PostableAlert postable(Instant now, URI receiver) {
    return new PostableAlert(
        Map.of(
            "alertname", "OllamaFrozen",
            "instance", "selfheal-verify.invalid",
            "severity", "critical",
            "ollama", nonce,
            "selfheal_probe", nonce),
        Map.of("summary", "A probe of `selfheal verify`; nothing is frozen"),
        now,
        null,
        receiver);
  }

  /** As Alertmanager would deliver it. */
  String payload(Instant now) {
    return PAYLOAD.formatted(nonce, now);
  }

  /** Where the receiver tells whether it has arrived. */
  String route() {
    return "/api/v1/probes/" + nonce;
  }
}
