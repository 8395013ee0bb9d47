package dev.selfheal.remedy;

import java.util.List;

/**
 * The thing that a restart acts on: one unit, or one command, on one host. Its key is what locks,
 * budgets and cooldowns hang on, so that a renamed target keeps its history.
 *
 * @param host {@code local} for the receiver's own host, {@code HOST:PORT} for one that is reached
 *     by SSH
 * @param what the unit's name, or the words of the restart command
 */
public record Actuator(String host, String what) {

  /** The receiver's own host. */
  public static final String LOCAL = "local";

  /** A systemd unit of a host. */
  public static Actuator ofUnit(String host, String unit) {
    return new Actuator(host, "unit:" + unit);
  }

  /**
   * A command that a host runs; two commands are one actuator only if all their words are equal.
   */
  public static Actuator ofCommand(String host, List<String> argv) {
    return new Actuator(host, "argv:" + String.join("\u001f", argv));
  }

  /** The text under which the ledger keeps this actuator's rows. */
  public String key() {
    return host + "/" + what;
  }
}
