package dev.selfheal.alertmanager;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the times that Go writes: RFC 3339 with any offset, up to nine fractional digits, and the
 * years 0001 to 9999. By hand, because {@link java.time.format.DateTimeFormatter} takes as long for
 * one time as the rest of the alert takes, and accepts years of more than four digits.
 */
final class Rfc3339 {
  private static final String DATE_TIME = "0000-00-00T00:00:00";
  private static final int FRACTION_AT = DATE_TIME.length();
  private static final int NANO_DIGITS = 9;

  private Rfc3339() {}

  /** Returns the instant, or empty if the text is anything but an RFC 3339 time. */
  static Optional<Instant> parse(String text) {
    if (!fits(DATE_TIME, text, 0)) {
      return Optional.empty();
    }
    int zoneAt = endOfFraction(text);
    OptionalInt offset = offsetSeconds(text, zoneAt);
    int year = number(text, 0, 4);
    if (year == 0 || offset.isEmpty()) {
      return Optional.empty();
    }
    try {
      long local = localDateTime(year, text).toEpochSecond(ZoneOffset.UTC);
      return Optional.of(Instant.ofEpochSecond(local - offset.getAsInt(), nanos(text, zoneAt)));
    } catch (DateTimeException noSuchDate) {
      return Optional.empty();
    }
  }

  private static LocalDateTime localDateTime(int year, String text) {
    return LocalDateTime.of(
        year,
        number(text, 5, 7),
        number(text, 8, 10),
        number(text, 11, 13),
        number(text, 14, 16),
        number(text, 17, 19));
  }

  private static int endOfFraction(String text) {
    if (text.length() == FRACTION_AT || text.charAt(FRACTION_AT) != '.') {
      return FRACTION_AT;
    }
    int end = FRACTION_AT + 1;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    int digits = end - FRACTION_AT - 1;
    return digits >= 1 && digits <= NANO_DIGITS ? end : text.length();
  }

  private static int nanos(String text, int end) {
    int nanos = 0;
    for (int i = 1; i <= NANO_DIGITS; i++) {
      int at = FRACTION_AT + i;
      nanos = nanos * 10 + (at < end ? text.charAt(at) - '0' : 0);
    }
    return nanos;
  }

  private static OptionalInt offsetSeconds(String text, int at) {
    if (at >= text.length()) {
      return OptionalInt.empty();
    }
    char sign = text.charAt(at);
    if (sign == 'Z' || sign == 'z') {
      return text.length() == at + 1 ? OptionalInt.of(0) : OptionalInt.empty();
    }
    boolean shaped = text.length() == at + 6 && fits("00:00", text, at + 1);
    if (!shaped || (sign != '+' && sign != '-')) {
      return OptionalInt.empty();
    }
    int hours = number(text, at + 1, at + 3);
    int minutes = number(text, at + 4, at + 6);
    int seconds = (hours * 60 + minutes) * 60;
    boolean real = hours < 24 && minutes < 60;
    return real ? OptionalInt.of(sign == '-' ? -seconds : seconds) : OptionalInt.empty();
  }

  /** Whether the text, from a place on, has a digit wherever the shape has a 0. */
  private static boolean fits(String shape, String text, int from) {
    if (text.length() < from + shape.length()) {
      return false;
    }
    for (int i = 0; i < shape.length(); i++) {
      char wanted = shape.charAt(i);
      char found = text.charAt(from + i);
      boolean same = found == wanted || (wanted == 'T' && found == 't');
      if (wanted == '0' ? !isDigit(found) : !same) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  // Not Character.isDigit: it takes the digits of every script.
  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
