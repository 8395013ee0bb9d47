package dev.selfheal.remedy;

import java.util.Locale;

/** What an attempt does to its target: the usual restart, or a step of the target's ladder. */
public enum Action {
  /** The usual restart, as {@link Target.Control} has it. */
  RESTART("restarts it"),
  /** Every process of the unit is killed at once, and the unit started. */
  KILL("kills every process of its unit, and starts the unit"),
  /** The command of the ladder. */
  COMMAND("runs the command of its ladder");

  private final String sentence;

  Action(String sentence) {
    this.sentence = sentence;
  }

  /** What it does in words, for people. */
  public String sentence() {
    return sentence;
  }

  /** The action as a log field, a ledger column and a JSON value: {@code restart}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
