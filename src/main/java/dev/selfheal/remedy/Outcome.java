package dev.selfheal.remedy;

import java.util.Locale;

/** How an attempt ended. */
public enum Outcome {
  /** Proven to have helped. */
  RECOVERED(true),
  /** The act was done, the proof failed. */
  NOT_RECOVERED(true),
  /** The act itself failed; it spends unless it provably never reached the host. */
  FAILED(true),
  /** Its holder died or timed out: nobody knows what happened. */
  ABANDONED(true),
  /** A second look found the server healthy. */
  NOT_NEEDED(false),
  /** A second look found what a restart cannot or must not cure; or an order held it back. */
  REFUSED(false),
  /** Observe mode: would have restarted. */
  OBSERVED(false),
  /** Approval did not come. */
  EXPIRED(false);

  private final boolean spends;

  Outcome(boolean spends) {
    this.spends = spends;
  }

  /**
   * Whether an attempt that ended so uses up budget, unless it is known to have touched nothing.
   */
  public boolean spends() {
    return spends;
  }

  /** Whether an attempt that ended so is one of the three in a row that end in an escalation. */
  public boolean failed() {
    return this == NOT_RECOVERED || this == FAILED || this == ABANDONED;
  }

  /** The outcome as a metric label and a JSON value: {@code not_recovered}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
