package dev.selfheal.action;

import dev.selfheal.action.UnitReading.Known;
import dev.selfheal.remedy.Target;
import java.time.Clock;
import java.util.Optional;

/**
 * Restarts targets wherever they are, and proves it. It keeps nothing between two calls, and may be
 * called by many threads for different targets.
 */
public final class ProvingRestarter implements Restarter {
  private final Tools tools;

  /**
   * @param hosts the way to the targets' hosts
   * @param clock the clock that attempts are written down by
   * @param pauser lets time pass between two looks
   */
  public ProvingRestarter(Hosts hosts, Clock clock, Pauser pauser) {
    this.tools = new Tools(hosts, clock, pauser);
  }

  @Override
  public Report restart(Order order) {
    Account account = new Account();
    try (Host host = tools.hosts().visit(order.target())) {
      return new RestartAttempt(tools, host, order, account).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      account.add("interrupted: the receiver was told to stop");
      throw new InterruptedAttempt(account.text());
    }
  }

  @Override
  public Sighting look(Target target) {
    Optional<String> unit = target.control().unit();
    try (Host host = tools.hosts().visit(target)) {
      HostReport report = host.look(RestartAttempt.PATIENT);
      if (host.unit().isEmpty() || unit.isEmpty()) {
        return withoutUnit(report);
      }
      UnitReading reading = UnitReading.of(report);
      return new Sighting(reading instanceof Known, reading.line(unit.get()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Sighting(false, unit.orElse("it") + " could not be read: interrupted");
    }
  }

  /** Its host is all there is to see. */
  private static Sighting withoutUnit(HostReport report) {
    return report instanceof HostReport.Seen
        ? new Sighting(true, "no unit: the target is restarted by a command of its own")
        : new Sighting(false, ((HostReport.Unreadable) report).why());
  }
}
