package dev.selfheal.drill;

import dev.selfheal.drill.DrillReport.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * When each stage was seen first, counted from the freeze. Safe for use by several threads.
 *
 * <p>These are times of seeing, about a second apart, because the clocks of the programs along the
 * chain are not compared.
 */
final class Timeline {
  private final LongSupplier ticker;
  private final Consumer<Moment> audience;
  private final long began;
  private final Map<Stage, Moment> moments = new EnumMap<>(Stage.class);

  /** The freeze is now. */
  Timeline(LongSupplier ticker, Consumer<Moment> audience) {
    this.ticker = ticker;
    this.audience = audience;
    this.began = ticker.getAsLong();
  }

  /** A stage is seen; only the first time counts. */
  synchronized void reached(Stage stage, String seen) {
    if (!moments.containsKey(stage)) {
      Moment moment = new Moment(stage, elapsed(), seen);
      moments.put(stage, moment);
      audience.accept(moment);
    }
  }

  synchronized boolean has(Stage stage) {
    return moments.containsKey(stage);
  }

  synchronized Optional<Moment> at(Stage stage) {
    return Optional.ofNullable(moments.get(stage));
  }

  /** The last stage of the order that was seen. */
  synchronized Stage last() {
    return moments.keySet().stream().reduce(Stage.FROZEN, (one, other) -> other);
  }

  /** What was seen, in the order of the stages. */
  synchronized List<Moment> moments() {
    return new ArrayList<>(moments.values());
  }

  Duration elapsed() {
    return Duration.ofNanos(ticker.getAsLong() - began);
  }
}
