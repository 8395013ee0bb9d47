package dev.selfheal.child;

/**
 * Makes text from outside harmless for terminals, logs and pages. What controls a terminal, changes
 * the direction of writing, or is no character at all becomes a question mark.
 */
public final class Plain {
  private Plain() {}

  /** The text with its line feeds and tabs; CR LF is one line feed. */
  public static String lines(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .codePoints()
        .map(c -> c == '\n' || c == '\t' || shows(c) ? c : '?')
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /** The text as one line of at most {@code limit} characters. */
  public static String line(String text, int limit) {
    String line = lines(text).strip().replace('\n', ' ').replace('\t', ' ');
    return line.length() <= limit ? line : line.substring(0, limit) + "...";
  }

  private static boolean shows(int c) {
    return c != 0xFFFD
        && switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED ->
              false;
          default -> true;
        };
  }
}
