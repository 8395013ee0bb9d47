package dev.selfheal.exporter.direct;

import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertStatus;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what became of notifications, and says so when it changes. */
final class DirectLog {
  private static final Logger LOG = LoggerFactory.getLogger(DirectLog.class);

  private final URI url;
  private final Map<String, Long> counts = new ConcurrentHashMap<>();
  private String said = "";

  DirectLog(URI url) {
    this.url = url;
    List.of(new Delivery.Taken(), new Delivery.Ignored(), new Delivery.Failed(""))
        .forEach(each -> counts.put(each.label(), 0L));
  }

  void note(Delivery delivery, List<Alert> alerts) {
    counts.merge(delivery.label(), 1L, Long::sum);
    boolean fires = alerts.stream().anyMatch(each -> each.status() == AlertStatus.FIRING);
    String saying = delivery + " " + fires;
    if (saying.equals(said)) {
      return;
    }
    said = saying;
    if (delivery instanceof Delivery.Failed failed) {
      LOG.warn("exporter.webhook: {} was not told: {}; it is tried again", url, failed.why());
    } else if (delivery instanceof Delivery.Ignored) {
      LOG.warn(
          "exporter.webhook: {} ignores the alert: set exporter.webhook.labels to what the match of"
              + " its target asks for",
          url);
    } else {
      LOG.info("{} was told that Ollama {}", url, fires ? "is frozen" : "is no longer frozen");
    }
  }

  Map<String, Long> deliveries() {
    return Map.copyOf(counts);
  }
}
