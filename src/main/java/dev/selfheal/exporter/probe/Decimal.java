package dev.selfheal.exporter.probe;

import org.jspecify.annotations.Nullable;

/** Reads the numbers that drivers print: digits with at most one point, and maybe a unit. */
final class Decimal {
  private static final int LONGEST = 20;

  private Decimal() {}

  /**
   * The number, or null for any other text ({@code [N/A]}, {@code -}, a negative one) and beyond
   * the limit, where it can only be a driver's mark for "unknown".
   *
   * @param most the highest value that makes sense
   */
  static @Nullable Double of(String text, double most) {
    String number = withoutUnit(text.strip());
    if (!isDecimal(number)) {
      return null;
    }
    double value = Double.parseDouble(number);
    return value <= most ? value : null;
  }

  private static String withoutUnit(String text) {
    int space = text.indexOf(' ');
    return space < 0 ? text : text.substring(0, space);
  }

  private static boolean isDecimal(String text) {
    int points = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        points++;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return points <= 1 && text.length() > points && text.length() <= LONGEST;
  }
}
