package dev.selfheal.http;

/** Makes text from outside fit for a one-line message: printable ASCII of a bounded length. */
public final class Printable {
  private Printable() {}

  /**
   * The text with {@code ?} for any character not printable; of a longer one {@code limit}
   * characters and three dots.
   */
  public static String cut(String text, int limit) {
    int length = Math.min(text.length(), limit);
    StringBuilder out = new StringBuilder(length + 3);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      out.append(c >= ' ' && c <= '~' ? c : '?');
    }
    return text.length() > limit ? out.append("...").toString() : out.toString();
  }
}
