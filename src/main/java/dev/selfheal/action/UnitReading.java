package dev.selfheal.action;

import dev.selfheal.child.Plain;
import java.util.Optional;

/** What came of asking for the state of a unit. */
sealed interface UnitReading {
  int MAX_WHY = 300;

  /** It is known. */
  record Known(UnitState state) implements UnitReading {}

  /**
   * It is not.
   *
   * @param why one line
   */
  record Unreadable(String why) implements UnitReading {}

  /** The unit in a host's report. */
  static UnitReading of(HostReport report) {
    if (!(report instanceof HostReport.Seen seen)) {
      return new Unreadable(((HostReport.Unreadable) report).why());
    }
    Optional<UnitState> state = UnitState.parse(seen.unit());
    String said = Plain.line(seen.unit(), MAX_WHY);
    return state
        .<UnitReading>map(Known::new)
        .orElseGet(
            () ->
                new Unreadable(
                    said.isEmpty()
                        ? "systemctl show did not answer in time"
                        : "systemctl show said nothing of its state: " + said));
  }

  /** It in one line, for people. */
  default String line(String unit) {
    return this instanceof Known known
        ? known.state().of(unit)
        : unit + " could not be read: " + ((Unreadable) this).why();
  }
}
