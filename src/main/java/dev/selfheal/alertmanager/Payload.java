package dev.selfheal.alertmanager;

import dev.selfheal.alert.Alert;
import java.util.List;

/**
 * One webhook notification of Alertmanager.
 *
 * @param receiver the name of the receiver it was sent to, or the empty string; Alertmanager writes
 *     it quoted as a regular expression, so {@code a.b} arrives as {@code a\.b}
 * @param truncated how many alerts Alertmanager left out because of {@code max_alerts}; if not 0,
 *     the absence of an alert says nothing
 * @param alerts those that can be acted on, firing and resolved mixed; unmodifiable
 * @param odd how many alerts were well-formed JSON but not usable, and are not in {@code alerts}
 */
public record Payload(String receiver, long truncated, List<Alert> alerts, int odd) {

  /**
   * The one annotation that is kept of an alert: by it a sender of its own accord promises how soon
   * it repeats itself. All others are for people, and not kept.
   */
  public static final String REPEAT_ANNOTATION = "selfheal_repeat";

  /** Copies the list. */
  public Payload {
    alerts = List.copyOf(alerts);
  }
}
