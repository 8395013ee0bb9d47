package dev.selfheal.remedy;

/** What a target's own exporter says about it. */
public enum Evidence {
  PROGRESSING,
  STALLED,
  UNKNOWN
}
