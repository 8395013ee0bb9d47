package dev.selfheal.action;

import dev.selfheal.ollama.OllamaApi;
import dev.selfheal.remedy.Target;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Restarts targets of this machine. It keeps nothing between two calls, and may be called by many
 * threads for different targets.
 */
public final class LocalRestarter implements Restarter {
  private final Tools tools;

  /**
   * @param commands runs systemctl and restart commands
   * @param api answers for the targets' servers
   * @param clock the clock that attempts are written down by
   * @param pauser lets time pass between two looks
   */
  public LocalRestarter(CommandRunner commands, OllamaApi api, Clock clock, Pauser pauser) {
    this.tools = new Tools(commands, api, clock, pauser);
  }

  @Override
  public Report restart(Target target, Instant startedAt) {
    Account account = new Account();
    try {
      return new LocalAttempt(tools, target, startedAt, account).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      account.add("interrupted: the receiver was told to stop");
      throw new InterruptedAttempt(account.text());
    }
  }

  @Override
  public String unitState(Target target) {
    Optional<String> name = target.control().unit();
    if (name.isEmpty()) {
      return "no unit: the target is restarted by a command of its own";
    }
    SystemdUnit unit = new SystemdUnit(tools.commands(), name.get());
    try {
      return unit.line(unit.read(SystemdUnit.PATIENT));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unit.line(new UnitReading.Unreadable("interrupted"));
    }
  }
}
