package dev.selfheal.remedy;

import static dev.selfheal.remedy.Outcome.EXPIRED;
import static dev.selfheal.remedy.Outcome.NOT_NEEDED;
import static dev.selfheal.remedy.Outcome.RECOVERED;
import static dev.selfheal.remedy.Outcome.REFUSED;
import static dev.selfheal.remedy.Reason.ATTEMPT_RUNNING;
import static dev.selfheal.remedy.Reason.AWAITING_APPROVAL;
import static dev.selfheal.remedy.Reason.BACKING_OFF;
import static dev.selfheal.remedy.Reason.BUDGET_SPENT;
import static dev.selfheal.remedy.Reason.CLOCK_AHEAD;
import static dev.selfheal.remedy.Reason.COOLDOWN;
import static dev.selfheal.remedy.Reason.DECAYING;
import static dev.selfheal.remedy.Reason.ESCALATED;
import static dev.selfheal.remedy.Reason.EXTERNAL_RESTART;
import static dev.selfheal.remedy.Reason.FLEET_BUSY;
import static dev.selfheal.remedy.Reason.FLEET_SHARE;
import static dev.selfheal.remedy.Reason.PAUSED;
import static dev.selfheal.remedy.Reason.QUIET_HOURS;
import static dev.selfheal.remedy.Reason.RESTART_REFUSED;
import static dev.selfheal.remedy.Reason.TARGET_REMOVED;
import static dev.selfheal.remedy.Reason.THREE_FAILURES;
import static dev.selfheal.remedy.Reason.UNCONFIRMED;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Where several refusals apply at once, the one that is the most useful to an operator is shown.
 */
class RefusalOrderTest {

  /**
   * The refusals in their order, and what brings each about. An alert fires, and nothing else has
   * happened yet; no step moves the clock.
   */
  private static final Map<Reason, Consumer<Timeline>> REFUSALS = new LinkedHashMap<>();

  static {
    REFUSALS.put(TARGET_REMOVED, Timeline::targetIsRemoved);
    REFUSALS.put(PAUSED, story -> story.pausedFor("3h"));
    REFUSALS.put(CLOCK_AHEAD, Timeline::aTimeLiesFarAhead);
    REFUSALS.put(ATTEMPT_RUNNING, Timeline::starts);
    REFUSALS.put(AWAITING_APPROVAL, story -> story.mode(Mode.APPROVE).waitsForApproval());
    REFUSALS.put(UNCONFIRMED, Timeline::mustAlwaysBeConfirmed);
    REFUSALS.put(ESCALATED, story -> story.escalated(THREE_FAILURES));
    REFUSALS.put(RESTART_REFUSED, story -> story.had(REFUSED, "2m"));
    REFUSALS.put(QUIET_HOURS, story -> story.quietFor("2h"));
    REFUSALS.put(BUDGET_SPENT, RefusalOrderTest::fullBudget);
    REFUSALS.put(COOLDOWN, story -> story.hadEarlier(EXPIRED, "10s"));
    REFUSALS.put(BACKING_OFF, story -> story.had(NOT_NEEDED, "70s").had(NOT_NEEDED, "90s"));
    REFUSALS.put(EXTERNAL_RESTART, Timeline::somebodyElseRestartsIt);
    REFUSALS.put(DECAYING, Timeline::decays);
    REFUSALS.put(FLEET_BUSY, story -> story.otherRuns("gpu-02"));
    REFUSALS.put(FLEET_SHARE, story -> story.otherRestarts("gpu-03"));
  }

  /** A refusal that another one makes pointless, because no restart is near then. */
  private static final Map<Reason, Set<Reason>> POINTLESS =
      Map.of(
          TARGET_REMOVED, Set.of(ATTEMPT_RUNNING),
          UNCONFIRMED, Set.of(DECAYING),
          RESTART_REFUSED, Set.of(BACKING_OFF, DECAYING),
          BUDGET_SPENT, Set.of(DECAYING));

  private static Timeline fullBudget(Timeline story) {
    return story
        .hadEarlier(RECOVERED, "50m")
        .hadEarlier(RECOVERED, "40m")
        .hadEarlier(RECOVERED, "30m");
  }

  @TestFactory
  Stream<DynamicTest> eachRefusalAppliesAlone() {
    return REFUSALS.keySet().stream()
        .map(reason -> dynamicTest(reason.label(), () -> assertShown(reason, List.of(reason))));
  }

  @TestFactory
  Stream<DynamicTest> theEarlierOfTwoRefusalsIsShown() {
    List<Reason> order = List.copyOf(REFUSALS.keySet());
    return order.stream()
        .flatMap(
            first ->
                order.subList(order.indexOf(first) + 1, order.size()).stream()
                    .map(second -> pair(first, second)));
  }

  private static DynamicTest pair(Reason first, Reason second) {
    boolean pointless = POINTLESS.getOrDefault(first, Set.of()).contains(second);
    String name = first.label() + (pointless ? " yields to " : " before ") + second.label();
    Reason shown = pointless ? second : first;
    return dynamicTest(name, () -> assertShown(shown, List.of(second, first)));
  }

  @Test
  void allAtOnceAreShownOneAfterTheOtherAsTheyEnd() {
    List<Reason> applying = new ArrayList<>(REFUSALS.keySet());
    applying.removeAll(Set.of(ATTEMPT_RUNNING, BACKING_OFF, DECAYING));
    Collections.reverse(applying);
    while (!applying.isEmpty()) {
      Reason first = applying.get(applying.size() - 1);
      assertShown(first, applying);
      applying.remove(first);
    }
  }

  private static void assertShown(Reason shown, List<Reason> applying) {
    Timeline story = new Timeline().fleetOf(3).alertFires();
    applying.forEach(reason -> REFUSALS.getOrDefault(reason, s -> {}).accept(story));
    story.expectReason(shown);
  }
}
