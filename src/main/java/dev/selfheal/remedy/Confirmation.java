package dev.selfheal.remedy;

/** What is known beyond notifications about whether a target is still stalled. */
public enum Confirmation {
  /** Nobody was asked. */
  NOT_ASKED,
  /** It is stalled, or its alert is still active. */
  STALLED,
  /** It makes progress, or its alert is over or silenced. */
  OVER,
  /** Nobody can say. */
  UNKNOWN
}
