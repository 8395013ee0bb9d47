package dev.selfheal.cli;

import dev.selfheal.action.Pauser;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Shows a page again and again, until its reader goes away.
 *
 * @param inPlace whether each page takes the place of the one before, as a terminal can
 */
record StatusWatch(PrintWriter out, boolean inPlace, Pauser pauser, Duration every) {
  private static final String TO_THE_TOP = "\u001b[H";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final String CUT_LONG_LINES = "\u001b[?7l";
  private static final String WRAP_LONG_LINES = "\u001b[?7h";

  /**
   * Shows what the supplier gives, each time anew. A receiver that does not answer is told of and
   * asked again.
   *
   * @throws CommandFailed if asking again makes no sense: the command line is wrong
   */
  void run(Supplier<List<String>> page) {
    if (inPlace) {
      out.print(TO_THE_TOP + CLEAR_BELOW);
    }
    try {
      while (!out.checkError()) { // It flushes, and knows when nobody reads any more.
        show(lines(page));
        pauser.pause(every);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> lines(Supplier<List<String>> page) {
    try {
      return page.get();
    } catch (CommandFailed e) {
      if (e.isWrongUsage()) {
        throw e;
      }
      return List.of(e.sentence(), "It is asked again in " + Words.span(every) + ".");
    }
  }

  /** In one piece, so that no half of a page is ever seen. */
  private void show(List<String> lines) {
    out.print(inPlace ? placed(lines) : String.join("\n", lines) + "\n\n");
    out.flush();
  }

  /**
   * Each line at its own place. A page that is too large for the terminal loses its end, because a
   * place below the last line is the last line, and never its beginning: problems come first.
   */
  private static String placed(List<String> lines) {
    StringBuilder text = new StringBuilder(CUT_LONG_LINES);
    for (int i = 0; i < lines.size(); i++) {
      text.append("\u001b[%d;1H".formatted(i + 1)).append(CLEAR_LINE).append(lines.get(i));
    }
    return text.append(CLEAR_BELOW).append(WRAP_LONG_LINES).toString();
  }
}
