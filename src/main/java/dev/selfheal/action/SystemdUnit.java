package dev.selfheal.action;

import dev.selfheal.action.CommandResult.Exited;
import dev.selfheal.action.CommandResult.NotStarted;
import dev.selfheal.action.UnitReading.Known;
import dev.selfheal.action.UnitReading.Unreadable;
import dev.selfheal.child.Plain;
import java.time.Duration;
import java.util.List;

/** A unit of this machine's systemd, seen through systemctl. */
final class SystemdUnit {
  /** The time for reading a state when there is time. */
  static final Duration PATIENT = Duration.ofSeconds(10);

  private static final int MAX_WHY = 300;

  private final CommandRunner commands;
  private final String name;

  /**
   * @param name such as {@code ollama.service}; no pattern, and nothing that begins with a hyphen
   */
  SystemdUnit(CommandRunner commands, String name) {
    this.commands = commands;
    this.name = name;
  }

  /** The command that restarts a unit only if it is running. */
  static List<String> tryRestart(String name) {
    return List.of("systemctl", "try-restart", name);
  }

  /** Reads its state; changes nothing. */
  UnitReading read(Duration limit) throws InterruptedException {
    List<String> show = List.of("systemctl", "show", "-p", UnitState.PROPERTIES, name);
    CommandResult result = commands.run(show, limit);
    if (result instanceof NotStarted never) {
      return new Unreadable("systemctl could not be started: " + never.why());
    }
    if (!(result instanceof Exited exited)) {
      return new Unreadable("systemctl show did not answer within " + limit.toMillis() + " ms");
    }
    String said = Plain.line(exited.output(), MAX_WHY);
    if (exited.status() != 0) {
      return new Unreadable("systemctl show ended with status " + exited.status() + ": " + said);
    }
    return UnitState.parse(exited.output())
        .<UnitReading>map(Known::new)
        .orElseGet(() -> new Unreadable("systemctl show said nothing of its state: " + said));
  }

  /** Its state in one line, for people. */
  String line(UnitReading reading) {
    return reading instanceof Known known
        ? known.state().of(name)
        : name + " could not be read: " + ((Unreadable) reading).why();
  }
}
