package dev.selfheal.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.selfheal.alert.Alert;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts alerts, and logs the ones that are ignored: each once, not at each repeat. */
final class IntakeLog {

  private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);

  /** Enough for every alert of a large body that is sent again and again. */
  private static final int REMEMBERED = 20_000;

  /** No notification writes more lines than this, whatever is in it. */
  private static final int LINES = 20;

  private final DispatchListener listener;
  private final Cache<String, Boolean> told =
      Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).build();

  IntakeLog(DispatchListener listener) {
    this.listener = listener;
  }

  /**
   * Begins to count one notification.
   *
   * @param alertnames the configured ones; no other becomes a label
   */
  Page page(Set<String> alertnames) {
    return new Page(alertnames);
  }

  private boolean first(String what) {
    return told.asMap().putIfAbsent(what, true) == null;
  }

  /** What is said of one notification. */
  final class Page {

    private final Set<String> alertnames;
    private int unsaid;
    private int lines;

    private Page(Set<String> alertnames) {
      this.alertnames = alertnames;
    }

    /**
     * An alert was taken in.
     *
     * @param disposition a word from a closed list
     */
    void heard(Alert alert, String disposition) {
      String name = alertnames.contains(alert.name()) ? alert.name() : "other";
      listener.heard(name, alert.status(), disposition);
    }

    /** An alert was ignored. One that is not configured is nobody's business. */
    void ignored(Alert alert, String why) {
      heard(alert, why);
      if (alertnames.contains(alert.name()) && first(alert.key().fingerprint() + why)) {
        say(alert, why);
      }
    }

    private void say(Alert alert, String why) {
      if (lines == LINES) {
        unsaid++;
        return;
      }
      lines++;
      LOG.warn(
          "alert ignored: reason={} alertname={} fingerprint={} instance={}: give exactly one"
              + " target a match for it, or route it elsewhere",
          why,
          LogText.of(alert.name()),
          alert.key().fingerprint(),
          LogText.of(alert.labels().getOrDefault("instance", "")));
    }

    /** Ends the page. So many alerts of the notification could not be understood at all. */
    void end(int odd) {
      for (int i = 0; i < odd; i++) {
        listener.heard("other", null, "odd");
      }
      if (odd > 0 && first("odd")) {
        LOG.warn(
            "{} alerts of a notification have no usable fingerprint, status or startsAt; such"
                + " alerts are ignored, and counted in selfheal_alerts_total",
            odd);
      }
      if (unsaid > 0) {
        LOG.warn("alerts ignored: {} more of the same notification", unsaid);
      }
    }
  }
}
