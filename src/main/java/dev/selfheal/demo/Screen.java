package dev.selfheal.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The timeline, line by line, with seconds since the beginning and since the freeze. While the demo
 * waits, a terminal has one line more, which is written anew in its place; elsewhere a line is
 * added now and then, and no control character is ever written.
 *
 * <p>For one thread.
 */
final class Screen {
  /** How often a waiting line is added where none can be replaced. */
  static final Duration SELDOM = Duration.ofSeconds(10);

  private static final String TO_THE_LEFT_AND_CLEAR = "\r\u001b[K";

  /** A line that is too long would wrap, and could not be taken back. */
  private static final String CUT = "\u001b[?7l";

  private static final String WRAP = "\u001b[?7h";

  /** Where the text of a step begins. */
  private static final int BESIDE_TIMES = 32;

  private static final int BOLD = 1;
  private static final int FAINT = 2;

  private final PrintWriter out;
  private final boolean live;
  private final LongSupplier ticker;
  private final long began;
  private @Nullable Long frozen;
  private long lastLine;
  private boolean waits;

  /**
   * @param live whether it is a terminal that takes colours and replaced lines
   * @param ticker nanoseconds of a steady clock
   */
  Screen(PrintWriter out, boolean live, LongSupplier ticker) {
    this.out = out;
    this.live = live;
    this.ticker = ticker;
    this.began = ticker.getAsLong();
    this.lastLine = began;
  }

  /** Writes a line that is no part of the timeline. */
  void say(String text) {
    line(text);
  }

  /** Writes the heading of a chapter, after an empty line. */
  void chapter(String text) {
    line("");
    line(coloured(BOLD, text));
  }

  /** From now on lines also bear the seconds since this moment. */
  void freezes() {
    frozen = ticker.getAsLong();
  }

  /** Seconds since the last freeze began. */
  double sinceFreeze() {
    return frozen == null ? 0 : seconds(ticker.getAsLong() - frozen);
  }

  /** Writes something that has happened. */
  void step(Mark mark, String text) {
    String word = String.format(Locale.ROOT, "%-9s", mark.word());
    line(times() + "  " + coloured(mark.colour(), word) + "  " + text);
  }

  /** Writes more of what has just happened. */
  void more(String text) {
    line(" ".repeat(BESIDE_TIMES) + text);
  }

  /** Tells what is waited for. */
  void waiting(String text) {
    String line = times() + "  waiting    " + text;
    if (live) {
      out.print(TO_THE_LEFT_AND_CLEAR + CUT + coloured(FAINT, line) + WRAP);
      out.flush();
      waits = true;
    } else if (ticker.getAsLong() - lastLine >= SELDOM.toNanos()) {
      line(line);
    }
  }

  /** Takes the waiting line back. */
  void end() {
    if (waits) {
      out.print(TO_THE_LEFT_AND_CLEAR);
      waits = false;
    }
    out.flush();
  }

  /** Whether nobody reads any more. */
  boolean isClosed() {
    return out.checkError();
  }

  private void line(String text) {
    end();
    out.println(text);
    out.flush();
    lastLine = ticker.getAsLong();
  }

  private String times() {
    long now = ticker.getAsLong();
    String since =
        frozen == null ? "" : String.format(Locale.ROOT, "%+.1f s", seconds(now - frozen));
    return String.format(Locale.ROOT, "%6.1f s  %9s", seconds(now - began), since);
  }

  private String coloured(int colour, String text) {
    return live ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
