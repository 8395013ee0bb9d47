package dev.selfheal.demo;

import java.util.Locale;

/** What a line of the timeline is about. */
enum Mark {
  STARTED(36),
  ANSWERING(32),
  FROZEN(31),
  EVIDENCE(33),
  RULE(33),
  ALERT(33),
  HELD(36),
  DECISION(35),
  RESTART(35),
  PROOF(32),
  RECOVERED(32),
  CLOSED(32),
  ESCALATED(31),
  UNTOUCHED(31),
  LEDGER(36);

  private final int colour;

  Mark(int colour) {
    this.colour = colour;
  }

  /** The word that stands in the line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its colour on a terminal, as ECMA-48 numbers them. */
  int colour() {
    return colour;
  }
}
