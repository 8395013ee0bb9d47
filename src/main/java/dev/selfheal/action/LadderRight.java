package dev.selfheal.action;

import dev.selfheal.remedy.Action;
import java.util.List;
import java.util.Locale;

/** The right to a step of a ladder: how one sees that it is missing, and the file that gives it. */
public final class LadderRight {
  private static final String EXAMPLES = "/usr/share/doc/ollama-selfheal/examples/";

  /** How systemctl says that polkit does not allow it. */
  private static final List<String> DENIALS =
      List.of("authentication required", "access denied", "permission denied", "not authorized");

  private LadderRight() {}

  /** Whether the right to run this here is one that polkit gives: it is systemd that is asked. */
  static boolean isPolkits(List<String> argv) {
    String program = argv.isEmpty() ? "" : argv.get(0);
    return program.equals("systemctl") || program.endsWith("/systemctl");
  }

  /** Whether systemctl's words say that the right is missing. */
  public static boolean denied(String said) {
    String words = said.toLowerCase(Locale.ROOT);
    return DENIALS.stream().anyMatch(words::contains);
  }

  /** The command that gives the right to this step, on the host of the unit; one line. */
  public static String mend(Action action) {
    String file =
        action == Action.KILL ? "62-ollama-selfheal-kill.rules" : "63-ollama-selfheal-ladder.rules";
    return "install -m 644 " + EXAMPLES + file + " /etc/polkit-1/rules.d/";
  }
}
