package dev.selfheal.drill;

import dev.selfheal.drill.DrillReport.Moment;
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
    Optional<Moment> proof = timeline.at(Stage.PROOF);
    if (proof.isPresent() && proof.get().after().compareTo(within) > 0) {
      return late(proof.get().after(), within);
    }
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

  private static Blame late(Duration took, Duration within) {
    return new Blame(
        "healed, but in %.1f s instead of %d s"
            .formatted(took.toMillis() / 1000.0, within.toSeconds()),
        "see which stage took so long; it may have --within=%ds"
            .formatted(took.toSeconds() + took.toSeconds() / 2));
  }

  private Optional<Watch> watcher(Stage stage) {
    return watches.stream().filter(watch -> watch.stages().contains(stage)).findFirst();
  }
}
