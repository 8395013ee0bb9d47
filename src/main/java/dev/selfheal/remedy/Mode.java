package dev.selfheal.remedy;

import java.util.Locale;

/** What becomes of the wish to restart. */
public enum Mode {
  /** It is done. */
  ACT,
  /** It is recorded; nothing is touched. */
  OBSERVE,
  /** It waits for an operator's approval. */
  APPROVE;

  /** The mode as in the configuration, as a metric label and as a JSON value: {@code observe}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
