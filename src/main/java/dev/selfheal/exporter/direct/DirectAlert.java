package dev.selfheal.exporter.direct;

import dev.selfheal.alert.Alert;
import dev.selfheal.alert.AlertKey;
import dev.selfheal.alert.AlertStatus;
import dev.selfheal.alertmanager.Fingerprint;
import dev.selfheal.alertmanager.Payload;
import dev.selfheal.exporter.detect.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one alert that an exporter raises by itself: begins when a stall passes its threshold, and
 * has ended only when that is seen. A stall that merely counts no longer, because a GPU became
 * unreadable and the patience longer, neither fires nor has ended: the receiver hears nothing, and
 * withdraws the alert after three repeats. The same holds for what an exporter did not live to see:
 * a new one does not know the old alert and never claims that it is resolved.
 *
 * <p>Pure; for one thread.
 */
final class DirectAlert {
  static final String NAME = "OllamaFrozen";

  private final Map<String, String> labels;
  private final Duration repeat;
  private @Nullable AlertKey open;

  /**
   * What is to be told after a round.
   *
   * @param firing fires now; null for nothing
   * @param ended was seen to end; null for nothing
   */
  record News(@Nullable Alert firing, @Nullable Alert ended) {}

  DirectAlert(Map<String, String> labels, Duration repeat) {
    this.labels = new TreeMap<>(labels);
    this.labels.put("alertname", NAME);
    this.repeat = repeat;
  }

  /**
   * Takes in a round.
   *
   * @param now of a clock that goes on evenly
   */
  News observe(Sighting sighting, Instant now) {
    AlertKey before = open;
    Alert ended = null;
    if (before != null && isOver(before, sighting, now)) {
      ended = alert(before, AlertStatus.RESOLVED, Map.of());
      open = null;
    }
    return new News(sighting instanceof Sighting.Frozen frozen ? fire(frozen, now) : null, ended);
  }

  private Alert fire(Sighting.Frozen frozen, Instant now) {
    Condition.Stalled stall = frozen.stall();
    AlertKey key = open;
    if (key == null) {
      key = new AlertKey(Fingerprint.of(labels), passed(stall, now));
      open = key;
    }
    return alert(key, AlertStatus.FIRING, Map.of("reason", stall.reason().label()));
  }

  private static Instant passed(Condition.Stalled stall, Instant now) {
    Duration threshold = stall.threshold();
    Duration beyond = threshold == null ? Duration.ZERO : stall.duration().minus(threshold);
    return now.minus(beyond).truncatedTo(ChronoUnit.MILLIS);
  }

  /** Nobody waits any more, or only since after this alert began: that is another stall. */
  private static boolean isOver(AlertKey key, Sighting sighting, Instant now) {
    if (sighting instanceof Sighting.Healthy) {
      return true;
    }
    Duration duration =
        sighting instanceof Sighting.Frozen frozen
            ? frozen.stall().duration()
            : ((Sighting.Waiting) sighting).duration();
    return now.minus(duration).isAfter(key.startsAt());
  }

  private Alert alert(AlertKey key, AlertStatus status, Map<String, String> described) {
    Map<String, String> annotations = new TreeMap<>(described);
    annotations.put(Payload.REPEAT_ANNOTATION, repeat.toSeconds() + "s");
    return new Alert(key, status, labels, annotations);
  }
}
