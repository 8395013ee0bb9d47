package dev.selfheal.remedy;

import dev.selfheal.remedy.Fleet.Start;
import dev.selfheal.remedy.PolicyLimits.FleetLimit;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules that keep one bad alerting rule from restarting the whole fleet. */
final class FleetRules {

  private FleetRules() {}

  /** Only so many attempts run at once. */
  static @Nullable Decision concurrency(Case c) {
    List<Instant> deadlines =
        c.situation().fleet().starts().stream()
            .filter(Start::running)
            .map(Start::deadline)
            .sorted()
            .toList();
    int tooMany = deadlines.size() - c.limits().fleet().maxConcurrent();
    return tooMany < 0
        ? null
        : new Decision.Hold(later(c, deadlines.get(tooMany)), Reason.FLEET_BUSY);
  }

  /** Only so many distinct targets are restarted within the fleet's window. */
  static @Nullable Decision share(Case c) {
    FleetLimit limit = c.limits().fleet();
    int others = limit.distinct(c.situation().fleet().targets()) - 1;
    List<Instant> free =
        lastStartsOfOthers(c).stream()
            .map(start -> start.plus(limit.per()))
            .filter(c.now()::isBefore)
            .sorted()
            .toList();
    return free.size() <= others
        ? null
        : new Decision.Hold(free.get(free.size() - 1 - others), Reason.FLEET_SHARE);
  }

  private static Collection<Instant> lastStartsOfOthers(Case c) {
    String self = c.situation().standing().actuator();
    return c.situation().fleet().starts().stream()
        .filter(start -> !start.actuator().equals(self))
        .collect(
            Collectors.toMap(Start::actuator, Start::at, BinaryOperator.maxBy(Instant::compareTo)))
        .values();
  }

  /** A deadline that has passed without anybody settling the attempt is looked at again soon. */
  private static Instant later(Case c, Instant deadline) {
    Instant soonest = c.now().plusSeconds(1);
    return deadline.isBefore(soonest) ? soonest : deadline;
  }
}
