package dev.selfheal.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes a line for each request, as Ollama's web framework does. */
final class GinLog {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd - HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private GinLog() {}

  static String line(Instant at, int status, Duration took, String method, String path) {
    return String.format(
        Locale.ROOT,
        "[GIN] %s | %d | %12s | %15s | %-8s \"%s\"",
        TIME.format(at),
        status,
        words(took),
        "127.0.0.1",
        method,
        path);
  }

  /** As Go writes a time: of over a minute to the second, else in the unit that fits. */
  static String words(Duration took) {
    long nanos = took.toNanos();
    if (nanos >= 60_000_000_000L) {
      long seconds = took.toSeconds();
      String rest = seconds % 60 + "s";
      return seconds < 3600
          ? seconds / 60 + "m" + rest
          : seconds / 3600 + "h" + seconds / 60 % 60 + "m" + rest;
    }
    if (nanos >= 1_000_000_000L) {
      return plain(nanos / 1e9) + "s";
    }
    return nanos >= 1_000_000L ? plain(nanos / 1e6) + "ms" : plain(nanos / 1e3) + "µs";
  }

  private static String plain(double number) {
    return String.format(Locale.ROOT, "%.6f", number).replaceFirst("\\.?0+$", "");
  }
}
