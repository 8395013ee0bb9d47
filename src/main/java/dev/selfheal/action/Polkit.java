package dev.selfheal.action;

import java.util.List;
import java.util.Locale;

/** What decides on a host who may have systemd do something. */
public final class Polkit {

  /** How systemctl says that polkit does not allow it. */
  private static final List<String> DENIALS =
      List.of("authentication required", "access denied", "permission denied", "not authorized");

  private Polkit() {}

  /** Whether the right to run this here is one that polkit gives: it is systemd that is asked. */
  static boolean decidesOn(List<String> argv) {
    String program = argv.isEmpty() ? "" : argv.get(0);
    return program.equals("systemctl") || program.endsWith("/systemctl");
  }

  /** Whether systemctl's words say that the right is missing. */
  public static boolean denied(String said) {
    String words = said.toLowerCase(Locale.ROOT);
    return DENIALS.stream().anyMatch(words::contains);
  }
}
