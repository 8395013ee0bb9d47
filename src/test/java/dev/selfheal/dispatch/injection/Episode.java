package dev.selfheal.dispatch.injection;

import java.time.Duration;
import java.util.List;

/** One episode: trouble for a while, then calm, then the reckoning. */
final class Episode {
  private static final Duration TROUBLE = Duration.ofMinutes(12);
  private static final Duration CALM = Duration.ofMinutes(21);

  /** A clock that was set back by hours holds things for as long. */
  private static final Duration MORE = Duration.ofMinutes(20);

  private static final int MOST_MORE = 20;

  private Episode() {}

  /**
   * How it went.
   *
   * @param wrong which invariants did not hold
   * @param steps all that happened
   */
  record Told(List<String> wrong, List<String> steps, Coverage coverage) {}

  /** Plays one. */
  static Told play(long seed, Shelf shelf) {
    Scene scene = new Scene(seed, shelf);
    try {
      new Troubles(scene).over(TROUBLE);
      scene.world.pass(TROUBLE);
      scene.world.step("calm");
      scene.world.calm = true;
      scene.world.pass(CALM);
      Reckoning reckoning = new Reckoning(scene);
      for (int i = 0; i < MOST_MORE && !reckoning.unsettled().isEmpty(); i++) {
        scene.world.pass(MORE);
      }
      reckoning.check();
    } finally {
      scene.node.close();
    }
    return new Told(scene.world.wrong, scene.world.steps(), scene.coverage);
  }
}
