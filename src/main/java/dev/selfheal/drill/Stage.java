package dev.selfheal.drill;

import java.util.Locale;

/** What must be seen to happen, in this order, until a freeze is healed. */
public enum Stage {
  /** Processes of the server are stopped, and a client waits. */
  FROZEN,
  /** The exporter's page tells of a stall beyond its threshold. */
  EVIDENCE,
  /** Prometheus fires the alert. */
  RULE,
  /** Alertmanager has the alert. */
  ALERT,
  /** The receiver has opened an incident. */
  WEBHOOK,
  /** The receiver has decided on a restart, and written it down. */
  DECISION,
  /** The server is another process. */
  RESTART,
  /** The receiver has proven that it computes again. */
  PROOF,
  /** A model answers this program, too. */
  ANSWER;

  /** Its name in tables and JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
