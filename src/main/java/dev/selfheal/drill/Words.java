package dev.selfheal.drill;

import dev.selfheal.action.CommandResult;
import dev.selfheal.action.CommandResult.Cut;
import dev.selfheal.action.CommandResult.Exited;
import dev.selfheal.action.CommandResult.NotStarted;
import java.util.stream.Collectors;

/** Says in one line how a command ended. */
final class Words {
  private static final int MOST = 300;

  private Words() {}

  static String of(CommandResult result) {
    if (result instanceof Exited exited) {
      return "status " + exited.status() + line(exited.output());
    } else if (result instanceof NotStarted never) {
      return never.why();
    }
    return result instanceof Cut cut ? cut.why() : "no end in time";
  }

  /** Without systemctl's advice to look elsewhere, which would leave no room for the cause. */
  private static String line(String output) {
    String text =
        output
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("See "))
            .collect(Collectors.joining("; "));
    String most = text.length() > MOST ? text.substring(0, MOST) + "..." : text;
    return most.isEmpty() ? "" : ": " + most;
  }
}
