package dev.selfheal.drill;

import dev.selfheal.http.NoAnswerException;
import dev.selfheal.remedy.Drill.Verdict;
import java.time.Duration;

/** The receiver's mark: while it is set, what the receiver does counts as the drill's. */
final class Mark {

  /** It outlasts the freeze, its end and the wait for a model's answer. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private static final int MOST = 400;

  private final ReceiverDesk desk;
  private volatile long number;

  Mark(ReceiverDesk desk) {
    this.desk = desk;
  }

  /**
   * Sets it.
   *
   * @return the drill's number
   * @throws NoAnswerException also if the receiver declines
   */
  long set(DrillPlan plan) throws NoAnswerException, InterruptedException {
    number = desk.begin(plan.within().plus(MARGIN), plan.force());
    return number;
  }

  /** Whether the receiver knows of a drill that is under way. */
  boolean isSet() {
    return number != 0;
  }

  /**
   * Ends it, if it is set. The verdict stands, also where the receiver cannot take it: it counts
   * the drill as failed.
   */
  DrillReport told(DrillReport report) throws InterruptedException {
    if (!isSet()) {
      return report;
    }
    try {
      desk.end(number, new Verdict(report.passed(), report.took(), brief(report.verdict())));
      number = 0;
      return report;
    } catch (NoAnswerException e) {
      return report.with("the receiver was not told of the end: " + e.why());
    }
  }

  private static String brief(String text) {
    return text.length() > MOST ? text.substring(0, MOST) + "..." : text;
  }
}
