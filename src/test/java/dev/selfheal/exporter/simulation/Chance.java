package dev.selfheal.exporter.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Everything that is random, from one seed. Times are in milliseconds. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** True with this probability. */
  boolean in(double probability) {
    return random.nextDouble() < probability;
  }

  long between(long least, long most) {
    return least + (long) (random.nextDouble() * (most - least + 1));
  }

  double share(double least, double most) {
    return least + random.nextDouble() * (most - least);
  }

  /** Short times are as likely as long ones of another order of magnitude. */
  long time(Duration least, Duration most) {
    double low = Math.log((double) Math.max(1, least.toMillis()));
    double high = Math.log((double) Math.max(1, most.toMillis()));
    return Math.round(Math.exp(share(low, high)));
  }

  long seconds(long least, long most) {
    return time(Duration.ofSeconds(least), Duration.ofSeconds(most));
  }

  <T> T any(List<T> from) {
    return from.get((int) between(0, from.size() - 1));
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only ever read
  final <T> T oneOf(T... from) {
    return from[(int) between(0, from.length - 1)];
  }

  long seed() {
    return random.nextLong();
  }
}
