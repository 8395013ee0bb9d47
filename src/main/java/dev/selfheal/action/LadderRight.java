package dev.selfheal.action;

import dev.selfheal.remedy.Action;

/** What gives the right to a step of a ladder. */
public final class LadderRight {
  private static final String EXAMPLES = "/usr/share/doc/ollama-selfheal/examples/";

  private LadderRight() {}

  /**
   * What gives the right to this step, on the host of the unit; one line. A kill needs the right to
   * restart as well, which is in the file that the package installs.
   *
   * @param said systemctl's words, of which at least one line tells of a missing right
   */
  public static String mend(Action action, String said) {
    if (action == Action.KILL
        && said.lines().filter(Polkit::denied).allMatch(line -> line.contains("try-restart"))) {
      return "let SELFHEAL_UNITS in /etc/polkit-1/rules.d/60-ollama-selfheal.rules name the unit";
    }
    String file =
        action == Action.KILL ? "62-ollama-selfheal-kill.rules" : "63-ollama-selfheal-ladder.rules";
    return "install -m 644 " + EXAMPLES + file + " /etc/polkit-1/rules.d/";
  }
}
