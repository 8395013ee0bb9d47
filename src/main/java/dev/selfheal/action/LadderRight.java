package dev.selfheal.action;

import dev.selfheal.remedy.Action;

/** The file that gives the right to a step of a ladder. */
public final class LadderRight {
  private static final String EXAMPLES = "/usr/share/doc/ollama-selfheal/examples/";

  private LadderRight() {}

  /** The command that gives the right to this step, on the host of the unit; one line. */
  public static String mend(Action action) {
    String file =
        action == Action.KILL ? "62-ollama-selfheal-kill.rules" : "63-ollama-selfheal-ladder.rules";
    return "install -m 644 " + EXAMPLES + file + " /etc/polkit-1/rules.d/";
  }
}
