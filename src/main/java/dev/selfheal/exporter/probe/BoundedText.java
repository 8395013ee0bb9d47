package dev.selfheal.exporter.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** The beginning of what a program writes; the rest is thrown away. */
final class BoundedText {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final int limit;
  private boolean whole = true;

  /**
   * @param limit how many bytes are kept
   */
  BoundedText(int limit) {
    this.limit = limit;
  }

  /** Adds the first {@code length} bytes of the buffer. */
  void add(byte[] buffer, int length) {
    int taken = Math.min(length, limit - kept.size());
    kept.write(buffer, 0, taken);
    whole &= taken == length;
  }

  /** Whether nothing was thrown away. */
  boolean whole() {
    return whole;
  }

  /** What is kept; invalid UTF-8 becomes replacement characters. */
  String text() {
    return kept.toString(UTF_8);
  }
}
