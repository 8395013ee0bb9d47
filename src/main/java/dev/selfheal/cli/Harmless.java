package dev.selfheal.cli;

/** Makes foreign text fit for a line on a terminal. */
final class Harmless {
  private static final int LONGEST = 1000;
  private static final int LINE_SEPARATOR = 0x2028;
  private static final int PARAGRAPH_SEPARATOR = 0x2029;

  private Harmless() {}

  /**
   * The text on one line, of bounded length, with a question mark for whatever could move the
   * cursor, change colours or turn the direction of writing.
   */
  static String text(String foreign) {
    StringBuilder safe = new StringBuilder(Math.min(foreign.length(), LONGEST));
    foreign.codePoints().limit(LONGEST).forEach(c -> safe.appendCodePoint(isSafe(c) ? c : '?'));
    return foreign.codePointCount(0, foreign.length()) > LONGEST
        ? safe.append("...").toString()
        : safe.toString();
  }

  private static boolean isSafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> c != LINE_SEPARATOR && c != PARAGRAPH_SEPARATOR;
    };
  }
}
