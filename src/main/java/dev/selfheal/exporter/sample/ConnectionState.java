package dev.selfheal.exporter.sample;

/** What TCP knows of a connection. */
public enum ConnectionState {
  ESTABLISHED,
  /** The other side has closed; the process on this side has not. */
  CLOSE_WAIT,
  OTHER
}
