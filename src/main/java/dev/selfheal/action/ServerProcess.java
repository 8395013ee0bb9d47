package dev.selfheal.action;

import java.util.Optional;

/**
 * The main process of a unit that runs, as systemd names it.
 *
 * @param invocationId another one for each start of the unit
 * @param pid above 0
 */
public record ServerProcess(String invocationId, long pid) {

  /** Of a unit that is up, in a report of its host; empty if it is not, or that is not known. */
  public static Optional<ServerProcess> of(HostReport.Seen seen) {
    return UnitState.parse(seen.unit())
        .filter(UnitState::running)
        .map(state -> new ServerProcess(state.invocationId(), state.mainPid()));
  }

  /** Whether the unit was started anew since then. */
  public boolean startedAfter(ServerProcess before) {
    return !invocationId.equals(before.invocationId) && pid != before.pid;
  }
}
