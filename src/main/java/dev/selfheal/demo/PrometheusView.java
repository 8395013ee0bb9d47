package dev.selfheal.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What Prometheus and Alertmanager say of the freeze. */
record PrometheusView(Web web, URI prometheus, URI alertmanager) {
  private static final String ALERT = "OllamaFrozen";

  /** The alert as Prometheus fires it; null while it does not. */
  @Nullable JsonNode firing() throws IOException, InterruptedException {
    JsonNode alerts = web.json(prometheus.resolve("/api/v1/alerts"), "").at("/data/alerts");
    for (JsonNode alert : alerts) {
      if (alert.at("/labels/alertname").asText().equals(ALERT)
          && alert.path("state").asText().equals("firing")) {
        return alert;
      }
    }
    return null;
  }

  /** Whether Prometheus scrapes the exporter's findings. */
  boolean scrapes() throws IOException, InterruptedException {
    URI query =
        prometheus.resolve("/api/v1/query?query=selfheal_exporter_last_run_timestamp_seconds");
    return web.json(query, "").at("/data/result").size() > 0;
  }

  /** Whether both are ready. */
  boolean areReady() throws IOException, InterruptedException {
    return !web.get(prometheus.resolve("/-/ready"), "").isEmpty()
        && !web.get(alertmanager.resolve("/-/ready"), "").isEmpty();
  }
}
