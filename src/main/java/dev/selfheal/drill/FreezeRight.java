package dev.selfheal.drill;

import dev.selfheal.action.CommandResult;
import dev.selfheal.action.CommandResult.Exited;
import dev.selfheal.action.Host;
import dev.selfheal.action.Polkit;
import java.time.Duration;
import java.util.Optional;

/** The right to freeze a server, which only an operator of its host can give. */
final class FreezeRight {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final String OPT_IN =
      "on its host: install -m 644 /usr/share/doc/ollama-selfheal/examples/"
          + "61-ollama-selfheal-drill.rules /etc/polkit-1/rules.d/; the file must name the unit";

  private FreezeRight() {}

  /** That it is missing; empty if it is there, or nobody could be asked. Nothing is frozen. */
  static Optional<DrillReport> missing(Host host) throws InterruptedException {
    if (!(host.askToFreeze(LIMIT) instanceof Exited exited)) {
      return Optional.empty();
    }
    String said = exited.output();
    if (Polkit.denied(said)) {
      return Optional.of(DrillReport.refused("it may not be frozen: " + Words.of(exited), OPT_IN));
    }
    return said.contains("no such verb") || said.contains(".service not found")
        ? Optional.of(
            DrillReport.refused(
                "its host has no selfheal-freeze@.service: " + Words.of(exited),
                "install this version of ollama-selfheal there"))
        : Optional.empty();
  }

  /** What to do where something could not be frozen. */
  static String mend(CommandResult result) {
    return result instanceof Exited exited && Polkit.denied(exited.output())
        ? OPT_IN
        : "on its host: journalctl -t selfheal-freeze -t selfheal-thaw";
  }
}
