package dev.selfheal.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * The beginning and the end of what a command wrote. The beginning says what it set out to do, the
 * end what became of it. Takes 8 KiB, however much is written.
 */
final class BoundedOutput {
  static final int HEAD = 2 << 10;
  static final int TAIL = 6 << 10;

  private final byte[] head = new byte[HEAD];
  private final byte[] tail = new byte[TAIL]; // a ring
  private long total;

  /** Adds the first {@code length} bytes of the buffer. */
  void add(byte[] buffer, int length) {
    for (int i = 0; i < length; i++) {
      if (total < HEAD) {
        head[(int) total] = buffer[i];
      } else {
        tail[(int) ((total - HEAD) % TAIL)] = buffer[i];
      }
      total++;
    }
  }

  /** The text, with a note of how many bytes are missing; invalid UTF-8 becomes question marks. */
  String text() {
    if (total <= HEAD + TAIL) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.write(head, 0, (int) Math.min(total, HEAD));
      all.write(tail, 0, (int) Math.max(0, total - HEAD));
      return Plain.lines(all.toString(UTF_8)).strip();
    }
    long dropped = total - HEAD - TAIL;
    String begin = Plain.lines(new String(head, UTF_8)).strip();
    String end = Plain.lines(unrolled().toString(UTF_8)).strip();
    return begin + "\n[" + dropped + " bytes left out]\n" + end;
  }

  private ByteArrayOutputStream unrolled() {
    int oldest = (int) ((total - HEAD) % TAIL);
    ByteArrayOutputStream end = new ByteArrayOutputStream(TAIL);
    end.write(tail, oldest, TAIL - oldest);
    end.write(tail, 0, oldest);
    return end;
  }
}
