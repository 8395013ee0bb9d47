package dev.selfheal.dispatch;

import java.util.List;

/**
 * What was made of a notification.
 *
 * @param accepted alerts that the ledger now knows
 * @param ignored alerts that concern nothing, or that cannot be understood
 * @param incidents the open incidents that the accepted alerts concern
 */
public record Intake(int accepted, int ignored, List<Long> incidents) {

  public Intake {
    incidents = List.copyOf(incidents);
  }
}
