package dev.selfheal.action;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The clocks of another host at the moment of its report.
 *
 * @param time what it takes the time for; may be wrong
 * @param uptime since it was booted
 * @param hertz clock ticks in a second, of /proc/PID/stat
 * @param bootId another one for each boot; empty if it is not known
 */
public record HostClock(Instant time, Duration uptime, int hertz, String bootId) {
  private static final String MILLIS = "[0-9]{1,12}(\\.[0-9]{1,9})?";

  /** A process may be started while the report is written, but no longer after its first line. */
  private static final Duration AHEAD = Duration.ofSeconds(30);

  /** Reads {@code key=value} lines; empty if one of the numbers is missing. */
  static Optional<HostClock> parse(List<String> lines) {
    Map<String, String> values = new HashMap<>();
    lines.stream()
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> values.put(parts[0].strip(), parts[1].strip()));
    String epoch = values.getOrDefault("epoch", "");
    String uptime = values.getOrDefault("uptime", "");
    String hertz = values.getOrDefault("hertz", "");
    String boot = values.getOrDefault("boot_id", "");
    if (!epoch.matches("[0-9]{1,11}")
        || !uptime.matches(MILLIS)
        || !hertz.matches("[1-9][0-9]{0,5}")) {
      return Optional.empty();
    }
    return Optional.of(
        new HostClock(
            Instant.ofEpochSecond(Long.parseLong(epoch)),
            Duration.ofMillis(Math.round(Double.parseDouble(uptime) * 1000)),
            Integer.parseInt(hertz),
            boot.matches("[0-9a-f-]{1,40}") ? boot : ""));
  }

  /**
   * The time since a tick; zero for one that is just to come. Empty for one further ahead: then the
   * ticks are not counted from where {@code uptime} is, as in an LXC container, which is told its
   * own uptime and its host's ticks.
   *
   * @param ticks since the boot, 0 or more
   */
  Optional<Duration> since(long ticks) {
    Duration start = Duration.ofSeconds(ticks / hertz).plusMillis(ticks % hertz * 1000 / hertz);
    Duration age = uptime.minus(start);
    if (age.plus(AHEAD).isNegative()) {
      return Optional.empty();
    }
    return Optional.of(age.isNegative() ? Duration.ZERO : age);
  }
}
