package dev.selfheal.webhook;

import io.javalin.security.RouteRole;

/** What somebody may do, and what a route asks for. */
public enum Role implements RouteRole {
  /** May deliver alerts, and nothing else: Alertmanager cannot approve its own restarts. */
  WEBHOOK,
  /** May do everything but deliver alerts. */
  OPERATOR,
  /** Either role; nobody needs one on loopback. */
  METRICS,
  /** Everybody. */
  OPEN
}
