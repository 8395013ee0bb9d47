package dev.selfheal.exporter.probe;

/**
 * Cuts a stream of bytes into lines. Of a line longer than 64 KiB the beginning is passed on and
 * the rest dropped. For one thread.
 */
final class LineCutter {
  static final int LONGEST = 64 << 10;

  private final Lines lines;
  private final byte[] begun = new byte[LONGEST];
  private int length;

  /** Takes lines. */
  @FunctionalInterface
  interface Lines {

    /** A line without its end. The bytes belong to the caller and change after the call. */
    void line(byte[] bytes, int from, int to);
  }

  LineCutter(Lines lines) {
    this.lines = lines;
  }

  /** The next bytes of the stream. */
  void add(byte[] bytes, int count) {
    int from = 0;
    for (int at = 0; at < count; at++) {
      if (bytes[at] == '\n') {
        end(bytes, from, at);
        from = at + 1;
      }
    }
    keep(bytes, from, count);
  }

  /** A whole line is passed on where it lies; one that had begun before is put together. */
  private void end(byte[] bytes, int from, int to) {
    if (length == 0) {
      lines.line(bytes, from, Math.min(to, from + LONGEST));
      return;
    }
    keep(bytes, from, to);
    lines.line(begun, 0, length);
    length = 0;
  }

  private void keep(byte[] bytes, int from, int to) {
    int more = Math.min(to - from, LONGEST - length);
    System.arraycopy(bytes, from, begun, length, more);
    length += more;
  }
}
