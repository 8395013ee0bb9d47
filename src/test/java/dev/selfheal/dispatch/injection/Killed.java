package dev.selfheal.dispatch.injection;

/** The end of a receiver that gets no time to say anything. */
final class Killed extends Error {
  private static final long serialVersionUID = 1L;

  Killed() {
    super("the receiver was killed", null, false, false);
  }
}
