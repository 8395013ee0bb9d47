package dev.selfheal.drill;

import dev.selfheal.action.Hosts;
import dev.selfheal.action.Pauser;
import dev.selfheal.verify.Chain;
import java.time.Clock;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What a drill works with.
 *
 * @param hosts the way to the target's host
 * @param chain those who are asked along the way
 * @param alertnames the alerts that open an incident
 * @param time as it is and as it passes
 */
public record DrillTools(Hosts hosts, Chain chain, Set<String> alertnames, Time time) {

  public DrillTools {
    alertnames = Set.copyOf(alertnames);
  }

  /**
   * Time.
   *
   * @param ticker nanoseconds of a steady clock
   * @param pauser lets time pass between two looks
   */
  public record Time(Clock clock, LongSupplier ticker, Pauser pauser) {}
}
