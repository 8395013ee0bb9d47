package dev.selfheal.remedy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The numbers of the policy, as configured.
 *
 * @param budgets how many attempts may start in which sliding windows; all must agree
 * @param cooldown from the end of one attempt to the start of the next
 * @param settle how long after a proven recovery an alert may go on firing
 * @param confirmAfter the age from which news must be confirmed before it is acted on
 * @param fleet what bounds the whole fleet
 */
public record PolicyLimits(
    List<Budget> budgets,
    Duration cooldown,
    Duration settle,
    Duration confirmAfter,
    FleetLimit fleet) {

  public PolicyLimits {
    budgets = List.copyOf(budgets);
  }

  /** At most {@code max} attempts that spend may start in any window of this length. */
  public record Budget(int max, Duration per) {

    public Budget {
      if (max < 1) {
        throw new IllegalArgumentException("a budget must allow at least one attempt, not " + max);
      }
    }
  }

  /**
   * What bounds the whole fleet.
   *
   * @param maxConcurrent attempts that may run at once
   * @param maxShare share of the targets, 0 to 1, that may be restarted within {@code per}; one
   *     always may
   */
  public record FleetLimit(int maxConcurrent, double maxShare, Duration per) {

    /** How many distinct targets of a fleet may be restarted within {@link #per}. */
    public int distinct(int targets) {
      // Decimal as it was written: in binary 0.29 of 100 targets are not quite 29.
      BigDecimal share = BigDecimal.valueOf(maxShare).multiply(BigDecimal.valueOf(targets));
      return Math.max(1, share.intValue());
    }
  }

  /** The longest time back that any decision looks. */
  public Duration horizon() {
    return Stream.concat(Stream.of(cooldown, fleet.per()), budgets.stream().map(Budget::per))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }
}
