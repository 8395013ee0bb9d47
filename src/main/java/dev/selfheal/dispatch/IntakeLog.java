package dev.selfheal.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.selfheal.alert.Alert;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts alerts, and logs the ones that are ignored: each once, not at each repeat. */
final class IntakeLog {

  private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);
  private static final int REMEMBERED = 1_000;

  private final DispatchListener listener;
  private final Cache<String, Boolean> told =
      Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).build();

  IntakeLog(DispatchListener listener) {
    this.listener = listener;
  }

  /** An alert with one of the configured names, or a probe, was taken in. */
  void heard(Alert alert, String disposition) {
    listener.heard(alert.name(), alert.status(), disposition);
  }

  /**
   * @param configured whether its name is one of the configured ones
   */
  void ignored(Alert alert, String why, boolean configured) {
    listener.heard(configured ? alert.name() : "other", alert.status(), why);
    if (configured && told.asMap().putIfAbsent(alert.key().fingerprint() + why, true) == null) {
      LOG.warn(
          "alert ignored: reason={} alertname={} fingerprint={} instance={}: give exactly one"
              + " target a match for it, or route it elsewhere",
          why,
          LogText.of(alert.name()),
          alert.key().fingerprint(),
          LogText.of(alert.labels().getOrDefault("instance", "")));
    }
  }

  /** Alerts that could not be understood. */
  void odd(int count) {
    for (int i = 0; i < count; i++) {
      listener.heard("other", null, "odd");
    }
    if (count > 0 && told.asMap().putIfAbsent("odd", true) == null) {
      LOG.warn(
          "{} alerts of a notification have no usable fingerprint, status or startsAt; such alerts"
              + " are ignored, and counted in selfheal_alerts_total",
          count);
    }
  }
}
