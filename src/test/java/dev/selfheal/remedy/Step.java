package dev.selfheal.remedy;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Something that happens in a {@link World}.
 *
 * @param target whom it happens to
 * @param lasting how much time passes, for the kinds that are about time
 * @param outcome how an attempt ends, for the kind that ends one
 */
record Step(Kind kind, int target, Duration lasting, Outcome outcome) {

  enum Kind {
    PASS,
    PASS_LONG,
    SET_BACK,
    SET_BACK_FAR,
    FIRE,
    REPORT,
    RESOLVE,
    LOOK,
    LOOK_STALLED,
    LOOK_OVER,
    LOOK_UNKNOWN,
    REQUEST,
    SETTLE,
    RESUME,
    RESTART_ELSEWHERE
  }

  static final int TARGETS = 4;

  /** Histories that are mostly about alerts, attempts and the time between them. */
  static Arbitrary<List<Step>> histories(int length) {
    Arbitrary<Outcome> outcomes =
        Arbitraries.frequency(
            Tuple.of(12, Outcome.NOT_RECOVERED),
            Tuple.of(8, Outcome.RECOVERED),
            Tuple.of(3, Outcome.FAILED),
            Tuple.of(3, Outcome.ABANDONED),
            Tuple.of(3, Outcome.NOT_NEEDED),
            Tuple.of(1, Outcome.REFUSED));
    return Combinators.combine(
            kinds(),
            Arbitraries.integers().between(0, TARGETS - 1).withoutEdgeCases(),
            Arbitraries.longs().between(1, 90_000).map(Duration::ofMillis).withoutEdgeCases(),
            outcomes)
        .as(Step::new)
        .list()
        .ofSize(length);
  }

  private static Arbitrary<Kind> kinds() {
    return Arbitraries.frequency(
        Tuple.of(40, Kind.PASS),
        Tuple.of(4, Kind.PASS_LONG),
        Tuple.of(4, Kind.SET_BACK),
        Tuple.of(1, Kind.SET_BACK_FAR),
        Tuple.of(24, Kind.FIRE),
        Tuple.of(4, Kind.REPORT),
        Tuple.of(6, Kind.RESOLVE),
        Tuple.of(32, Kind.LOOK),
        Tuple.of(24, Kind.LOOK_STALLED),
        Tuple.of(4, Kind.LOOK_OVER),
        Tuple.of(6, Kind.LOOK_UNKNOWN),
        Tuple.of(10, Kind.REQUEST),
        Tuple.of(40, Kind.SETTLE),
        Tuple.of(8, Kind.RESUME),
        Tuple.of(2, Kind.RESTART_ELSEWHERE));
  }
}
