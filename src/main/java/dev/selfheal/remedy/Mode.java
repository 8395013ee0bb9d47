package dev.selfheal.remedy;

/** What becomes of the wish to restart. */
public enum Mode {
  /** It is done. */
  ACT,
  /** It is recorded; nothing is touched. */
  OBSERVE,
  /** It waits for an operator's approval. */
  APPROVE
}
