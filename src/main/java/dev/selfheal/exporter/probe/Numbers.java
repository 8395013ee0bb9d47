package dev.selfheal.exporter.probe;

/** Numbers as the kernel writes them: digits alone, no sign. */
final class Numbers {
  private static final int MAX_PORT = 0xFFFF;

  private Numbers() {}

  /**
   * Reads 0 or more.
   *
   * @throws NumberFormatException if it is anything else
   */
  static long natural(String text) {
    return unsigned(text, 10);
  }

  /**
   * Reads hexadecimal digits, without 0x.
   *
   * @throws NumberFormatException if it is anything else
   */
  static long hex(String text) {
    return unsigned(text, 16);
  }

  /**
   * A port, 0 for any.
   *
   * @throws NumberFormatException if there is no such port
   */
  static int port(long number) {
    if (number > MAX_PORT) {
      throw new NumberFormatException("no port: " + number);
    }
    return (int) number;
  }

  private static long unsigned(String text, int radix) {
    if (text.startsWith("-") || text.startsWith("+")) {
      throw new NumberFormatException("a sign: " + text);
    }
    return Long.parseLong(text, radix);
  }
}
