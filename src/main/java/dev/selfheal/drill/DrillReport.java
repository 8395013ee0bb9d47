package dev.selfheal.drill;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How a drill went.
 *
 * @param ending whether the freeze was healed in time, or nothing was even tried
 * @param took from the freeze to the proof that it is healed, or to the end of the wait; zero if
 *     nothing was frozen
 * @param verdict one line: what happened, or where the chain broke
 * @param mend what to do about it; empty if it passed
 * @param moments what was seen, in order
 * @param left how the server was left: one line
 */
public record DrillReport(
    Ending ending, Duration took, String verdict, String mend, List<Moment> moments, String left) {

  public DrillReport {
    moments = List.copyOf(moments);
  }

  /** What a drill came to. */
  public enum Ending {
    /** It was frozen, and healed in time. */
    PASSED,
    /** It was not healed in time, or could not be frozen. */
    FAILED,
    /** Something stood in the way, and nothing was touched. */
    REFUSED;

    /** Its name in a line of text. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether the freeze was healed in time. */
  public boolean passed() {
    return ending == Ending.PASSED;
  }

  /** Whether something stood in the way, and nothing was touched. */
  public boolean refused() {
    return ending == Ending.REFUSED;
  }

  /**
   * A stage that was seen.
   *
   * @param after since the freeze
   * @param seen one line for people
   */
  public record Moment(Stage stage, Duration after, String seen) {}

  /** The same with a further remark about how things were left. */
  DrillReport with(String remark) {
    return new DrillReport(ending, took, verdict, mend, moments, left + "; " + remark);
  }

  /** Nothing was frozen. */
  static DrillReport refused(String why, String mend) {
    return new DrillReport(
        Ending.REFUSED, Duration.ZERO, why, mend, List.of(), "it was not touched");
  }
}
