package dev.selfheal.action;

import dev.selfheal.child.Plain;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What systemd says about a unit at one moment.
 *
 * @param loadState {@code loaded}, {@code not-found}, {@code masked} and others
 * @param activeState {@code active}, {@code inactive}, {@code failed} and others
 * @param subState the same in finer words, those of the unit's kind: {@code running}
 * @param invocationId another one for each start; empty for a unit that was never started
 * @param mainPid 0 if it has no main process
 * @param job what is being done to it, such as {@code restart}; empty if nothing is, or if it is
 *     not stopping, when nobody asks
 */
record UnitState(
    String loadState,
    String activeState,
    String subState,
    String invocationId,
    long mainPid,
    String job) {

  /** A state in which nothing is being done to it. */
  UnitState(
      String loadState, String activeState, String subState, String invocationId, long mainPid) {
    this(loadState, activeState, subState, invocationId, mainPid, "");
  }

  /** What {@link #parse} needs to be shown. */
  static final String PROPERTIES = "LoadState,ActiveState,SubState,InvocationID,MainPID";

  /**
   * Reads the output of {@code systemctl show}: lines of {@code Key=value} in any order. Others are
   * passed over, as systemctl's warnings stand in between.
   *
   * @return empty if the text does not say what the unit's state is
   */
  static Optional<UnitState> parse(String text) {
    Map<String, String> values = new HashMap<>();
    text.lines()
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> values.put(parts[0].strip(), Plain.line(parts[1], 80)));
    String load = values.getOrDefault("LoadState", "");
    String active = values.getOrDefault("ActiveState", "");
    String pid = values.getOrDefault("MainPID", "0"); // only services have one
    if (load.isEmpty() || active.isEmpty() || !pid.matches("[0-9]{1,10}")) {
      return Optional.empty();
    }
    String sub = values.getOrDefault("SubState", "");
    String invocation = values.getOrDefault("InvocationID", "");
    String job = values.getOrDefault("JobType", ""); // the agent's own line
    return Optional.of(new UnitState(load, active, sub, invocation, Long.parseLong(pid), job));
  }

  /** The unit's own name in the output of {@code systemctl show}; empty if it is not there. */
  static Optional<String> name(String text) {
    return text.lines()
        .filter(line -> line.startsWith("Id="))
        .map(line -> Plain.line(line.substring("Id=".length()), 255))
        .filter(name -> !name.isEmpty())
        .findFirst();
  }

  /** Whether systemd knows no such unit. */
  boolean missing() {
    return loadState.equals("not-found");
  }

  /** Whether systemd has been told never to start it. */
  boolean masked() {
    return loadState.equals("masked");
  }

  /** Whether it is up; not while it starts, stops, or waits to be started again. */
  boolean active() {
    return activeState.equals("active") || activeState.equals("reloading");
  }

  /**
   * Whether it is on its way: systemd starts it, waits to start it again, or stops it, which may be
   * the first half of a restart.
   */
  boolean changing() {
    return activeState.equals("activating") || activeState.equals("deactivating");
  }

  /** Whether it stops, but only to be started again: nobody wants it stopped. */
  boolean stoppingToRestart() {
    return activeState.equals("deactivating") && job.equals("restart");
  }

  /** Whether it is up with a main process. */
  boolean running() {
    return active() && mainPid != 0;
  }

  /** Whether it was started anew since, even if it has ended again. */
  boolean startedSince(UnitState before) {
    return !invocationId.isEmpty()
        && !invocationId.equals(before.invocationId)
        && mainPid != before.mainPid;
  }

  /** The state in one line, for people. */
  String of(String unit) {
    String load = loadState.equals("loaded") ? "" : " " + loadState;
    String invocation = invocationId.isEmpty() ? "no InvocationID" : "InvocationID " + invocationId;
    String main = mainPid == 0 ? "no main process" : "main PID " + mainPid;
    return unit + load + " " + activeState + "/" + subState + ", " + invocation + ", " + main;
  }
}
