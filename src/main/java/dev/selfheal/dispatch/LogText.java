package dev.selfheal.dispatch;

/** Makes foreign text fit for one field of a log line. */
final class LogText {

  private static final int MOST = 120;

  private LogText() {}

  /** Quoted, of bounded length, without control characters or quotes of its own. */
  static String of(String text) {
    StringBuilder safe = new StringBuilder("\"");
    text.codePoints()
        .limit(MOST)
        .map(c -> Character.isISOControl(c) || !Character.isDefined(c) || c == '"' ? '?' : c)
        .map(c -> Character.getType(c) == Character.FORMAT || c == 0x2028 || c == 0x2029 ? '?' : c)
        .forEach(safe::appendCodePoint);
    return safe.append(text.length() > MOST ? "…\"" : "\"").toString();
  }
}
