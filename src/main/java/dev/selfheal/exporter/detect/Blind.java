package dev.selfheal.exporter.detect;

/**
 * What the detector could not know from a sample; each makes it wait longer, none makes it guess.
 */
public enum Blind {
  PROCESSES,
  SOCKETS,
  /** Connections are seen but not what goes over them. */
  TRAFFIC,
  LOADED_MODELS,
  GPU,
  /** The lines in which a runner reports its progress. */
  PROGRESS_LINES
}
