package dev.selfheal.config;

/** Text from a configuration file, made fit to stand in a one-line message. */
final class Quoted {
  private static final int LONGEST = 60;

  private Quoted() {}

  /** The text in quotes, shortened, with control characters made visible. */
  static String of(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().limit(LONGEST).forEach(character -> append(quoted, character));
    if (text.codePointCount(0, text.length()) > LONGEST) {
      quoted.append('…');
    }
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int character) {
    if (Character.isISOControl(character) || Character.getType(character) == Character.FORMAT) {
      quoted.append(String.format("\\u%04x", character));
    } else {
      quoted.appendCodePoint(character);
    }
  }
}
