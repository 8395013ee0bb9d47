package dev.selfheal.alertmanager;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Alertmanager's hash of an alert's labels: 16 hex digits. */
final class Fingerprint {
  private static final int DIGITS = 16;

  private Fingerprint() {}

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

  private static boolean isHex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
