package dev.selfheal.drill;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Says where the chain broke, when a freeze was not healed in time. */
final class Judge {
  private final List<Watch> watches;

  Judge(List<Watch> watches) {
    this.watches = watches;
  }

  /** What is told of a failure. */
  record Blame(String words, String mend) {}

  /**
   * The first stage after the last one that was seen, and who should have brought it about. What
   * nobody watches, because it is not configured, is passed over.
   */
  Blame blame(Timeline timeline, Duration within) {
    Stage missing =
        Arrays.stream(Stage.values())
            .filter(stage -> stage.compareTo(timeline.last()) > 0)
            .filter(stage -> watcher(stage).isPresent())
            .findFirst()
            .orElse(Stage.ANSWER);
    Optional<Watch> watch = watcher(missing);
    String words =
        "%s was not seen within %d s: %s"
            .formatted(
                missing.word(),
                within.toSeconds(),
                watch.map(Watch::trouble).orElse("no model answers"));
    return new Blame(words, watch.map(Watch::mend).orElse("selfheal status; selfheal verify"));
  }

  private Optional<Watch> watcher(Stage stage) {
    return watches.stream().filter(watch -> watch.stages().contains(stage)).findFirst();
  }
}
