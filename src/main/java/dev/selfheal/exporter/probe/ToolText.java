package dev.selfheal.exporter.probe;

/** Makes what a tool or driver wrote fit for a message or a label. */
final class ToolText {
  private static final int LONGEST = 160;

  private ToolText() {}

  /** The first line that says something, in printable ASCII and at most 160 characters. */
  static String line(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .map(ToolText::printable)
        .orElse("no output");
  }

  private static String printable(String line) {
    int length = Math.min(line.length(), LONGEST);
    StringBuilder out = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char c = line.charAt(i);
      out.append(c >= ' ' && c <= '~' ? c : '?');
    }
    return out.toString();
  }
}
