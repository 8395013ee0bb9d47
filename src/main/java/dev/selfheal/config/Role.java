package dev.selfheal.config;

/** What a client of the receiver may do. */
public enum Role {
  /** May deliver alerts and nothing else. */
  WEBHOOK,
  /** May read, restart, pause, resume and approve. */
  OPERATOR
}
