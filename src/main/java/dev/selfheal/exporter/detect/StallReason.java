package dev.selfheal.exporter.detect;

import java.util.Locale;

/** Why a server counts as stalled: a closed list, whose labels are promised to users. */
public enum StallReason {
  /** A runner holds a request and makes no progress. */
  RUNNER_STALLED,
  /** A runner is stopped by a signal while it is needed. */
  RUNNER_STOPPED,
  /** The server takes connections and answers nothing. */
  API_DEAD,
  /** Requests wait in the server and reach no runner. */
  SCHEDULER_DEADLOCK,
  /** The server hangs while it ends a runner. */
  UNLOAD_WEDGED,
  /** A model is being loaded and nothing moves. */
  LOAD_STALLED;

  /** Its value in the label {@code reason}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
