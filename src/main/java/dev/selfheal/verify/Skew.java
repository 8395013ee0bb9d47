package dev.selfheal.verify;

import dev.selfheal.verify.CheckResult.Failed;
import dev.selfheal.verify.CheckResult.Ok;
import java.time.Duration;
import java.time.Instant;

/**
 * How far another clock is from this machine's.
 *
 * @param whose in words, such as {@code the clock of gpu-02}
 */
record Skew(String whose, Instant theirs, Instant ours) {

  /**
   * The rules take an exporter for dead whose last look is a minute old by Prometheus' clock, and
   * would not see a freeze then. Half of that leaves room for the intervals in between.
   */
  static final Duration MOST = Duration.ofSeconds(30);

  CheckResult judge() {
    Duration ahead = Duration.between(ours, theirs);
    String words =
        whose + " is " + ahead.abs().toSeconds() + "s " + (ahead.isNegative() ? "behind" : "ahead");
    return ahead.abs().compareTo(MOST) > 0
        ? new Failed(
            words + ", by this host's clock",
            "timedatectl, on both hosts; systemctl enable --now systemd-timesyncd.service (or"
                + " chrony), and restart what was started with a clock of its own")
        : new Ok(words);
  }
}
