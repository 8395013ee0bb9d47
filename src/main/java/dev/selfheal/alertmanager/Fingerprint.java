package dev.selfheal.alertmanager;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A hash of an alert's labels: 16 hex digits. */
public final class Fingerprint {
  private static final int DIGITS = 16;

  /** FNV-1a of 64 bits, as Prometheus' own hash of labels. */
  private static final long BASIS = 0xcbf29ce484222325L;

  private static final long PRIME = 0x100000001b3L;

  /** Ends each name and each value; it occurs in no UTF-8 text. */
  private static final byte SEPARATOR = (byte) 0xff;

  private Fingerprint() {}

  /** The fingerprint of these labels: the same for the same labels, in whatever order they are. */
  public static String of(Map<String, String> labels) {
    long hash = BASIS;
    for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
      hash = add(add(hash, label.getKey()), label.getValue());
    }
    return "%016x".formatted(hash);
  }

  /**
   * Returns the fingerprint in lower case, as Alertmanager writes it, so that one alert has one
   * identity however its sender spells it; empty if the text is no fingerprint.
   */
  static Optional<String> parse(@Nullable String text) {
    if (text == null || text.length() != DIGITS || !text.chars().allMatch(Fingerprint::isHex)) {
      return Optional.empty();
    }
    return Optional.of(text.toLowerCase(Locale.ROOT));
  }

  private static long add(long hash, String text) {
    long sum = hash;
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      sum = add(sum, each);
    }
    return add(sum, SEPARATOR);
  }

  private static long add(long hash, byte octet) {
    return (hash ^ (octet & 0xff)) * PRIME;
  }

  private static boolean isHex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
