package dev.selfheal.demo;

import java.time.Duration;
import java.util.Locale;

/**
 * How patient everything is.
 *
 * @param interval between two looks of the exporter
 * @param gpu how long a runner on an idle GPU may stand still
 * @param stopped how long a stopped runner may stand still
 * @param cooldown between two restarts
 * @param scaled whether these are not the shipped defaults
 */
record Tempo(Duration interval, Duration gpu, Duration stopped, Duration cooldown, boolean scaled) {

  /** What is shipped. */
  static final Tempo SHIPPED =
      new Tempo(
          Duration.ofSeconds(5),
          Duration.ofSeconds(45),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          false);

  /**
   * As short as it can be. The detector wants to see somebody wait for 15 s, whatever the
   * threshold, before it takes a runner that computes for one that hangs.
   */
  static final Tempo FAST =
      new Tempo(
          Duration.ofSeconds(1),
          Duration.ofSeconds(15),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          true);

  /** How long an alert may go on firing after a recovery; the shipped one is not written down. */
  static final Duration FAST_SETTLE = Duration.ofSeconds(10);

  /** How long a restart waits for the look before it; the shipped one is not written down. */
  static final Duration FAST_RECHECK = Duration.ofMillis(500);

  /** How long the clients let the model talk: in each answer the exporter looks twice. */
  int tokens() {
    return (int) interval.toSeconds() * 2 * Pace.USUAL.rate();
  }

  /** How long a step may take that waits for programs alone. */
  Duration shortly() {
    return Duration.ofSeconds(20).plus(interval.multipliedBy(4));
  }

  /** How long it may take until the evidence of a freeze is complete. */
  Duration evidence() {
    return gpu.multipliedBy(2).plus(shortly());
  }

  /** How long it may take from there to a restart; a cooldown may stand in between. */
  Duration decision() {
    return cooldown.plus(shortly()).plusSeconds(40);
  }

  /** How long a restart may take until it is settled. */
  Duration proof() {
    return Duration.ofSeconds(150);
  }

  /** For how long the demo looks whether anybody restarts it although the budget is spent. */
  Duration afterwards() {
    return scaled ? Duration.ofSeconds(4) : cooldown.plusSeconds(15);
  }

  /** A time in words: "45 s", "1.5 s", "5 min". */
  static String words(Duration time) {
    if (time.toSeconds() >= 120) {
      return String.format(Locale.ROOT, "%d min", Math.round(time.toSeconds() / 60.0));
    }
    double seconds = time.toMillis() / 1e3;
    return String.format(Locale.ROOT, seconds == Math.rint(seconds) ? "%.0f s" : "%.1f s", seconds);
  }
}
