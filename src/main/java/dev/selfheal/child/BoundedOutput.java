package dev.selfheal.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * The beginning and the end of what a command wrote. The beginning says what it set out to do, the
 * end what became of it. Takes no more memory than was given to it, however much is written. For
 * one thread.
 */
public final class BoundedOutput {
  private final byte[] head;
  private final byte[] tail; // a ring
  private long total;

  /**
   * @param most bytes that are kept, at least 4: a quarter of them of the beginning, the rest of
   *     the end
   */
  public BoundedOutput(int most) {
    this.head = new byte[most / 4];
    this.tail = new byte[most - most / 4];
  }

  /** Adds the first {@code length} bytes of the buffer. */
  public void add(byte[] buffer, int length) {
    add(buffer, 0, length);
  }

  /** Adds {@code length} bytes of the buffer, from {@code offset} on. */
  public void add(byte[] buffer, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (total < head.length) {
        head[(int) total] = buffer[i];
      } else {
        tail[(int) ((total - head.length) % tail.length)] = buffer[i];
      }
      total++;
    }
  }

  /** The text, with a note of how many bytes are missing; invalid UTF-8 becomes question marks. */
  public String text() {
    long dropped = total - head.length - tail.length;
    if (dropped <= 0) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.write(head, 0, (int) Math.min(total, head.length));
      all.write(tail, 0, (int) Math.max(0, total - head.length));
      return Plain.lines(all.toString(UTF_8)).strip();
    }
    String begin = Plain.lines(new String(head, UTF_8)).strip();
    String end = Plain.lines(unrolled().toString(UTF_8)).strip();
    return begin + "\n[" + dropped + " bytes left out]\n" + end;
  }

  private ByteArrayOutputStream unrolled() {
    int oldest = (int) ((total - head.length) % tail.length);
    ByteArrayOutputStream end = new ByteArrayOutputStream(tail.length);
    end.write(tail, oldest, tail.length - oldest);
    end.write(tail, 0, oldest);
    return end;
  }
}
