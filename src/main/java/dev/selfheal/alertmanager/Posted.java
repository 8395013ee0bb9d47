package dev.selfheal.alertmanager;

/** What became of an alert that was posted to Alertmanager. */
public sealed interface Posted {

  /** Alertmanager has it. */
  record Taken() implements Posted {}

  /**
   * Alertmanager answered that it does not want this alert; it may want others.
   *
   * @param why one line for an operator
   */
  record Refused(String why) implements Posted {}

  /**
   * There was no answer, or none that says anything about the alert; others will fare no better.
   *
   * @param why one line for an operator
   */
  record Unreachable(String why) implements Posted {}
}
