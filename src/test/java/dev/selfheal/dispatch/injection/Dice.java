package dev.selfheal.dispatch.injection;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** All that is random in an episode, from one seed. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** True with this probability. */
  boolean in(double probability) {
    return random.nextDouble() < probability;
  }

  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  Duration seconds(double least, double most) {
    return Duration.ofMillis(Math.round(1000 * (least + random.nextDouble() * (most - least))));
  }

  <T> T any(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** Takes out one of them. */
  <T> T draw(List<T> from) {
    return from.remove(random.nextInt(from.size()));
  }
}
