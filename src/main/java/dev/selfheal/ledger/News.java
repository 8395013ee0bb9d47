package dev.selfheal.ledger;

import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import dev.selfheal.remedy.Pair.Source;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One alert of one notification, and the target that it concerns.
 *
 * @param repeatOrNull how often a direct source promises to repeat it
 */
public record News(
    Place place, AlertKey key, AlertStatus status, Source source, @Nullable Duration repeatOrNull) {

  /** A target, as the ledger needs to know it. */
  public record Place(String target, String actuator) {}
}
