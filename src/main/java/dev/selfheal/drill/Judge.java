package dev.selfheal.drill;

import dev.selfheal.drill.DrillReport.Moment;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says where the chain broke, when a freeze was not healed as it should be. */
final class Judge {
  private final List<Watch> watches;

  Judge(List<Watch> watches) {
    this.watches = watches;
  }

  /** What is told of a failure. */
  record Blame(String words, String mend) {}

  /**
   * What went wrong; empty if the recovery was proven in time, and no link of the chain is dead.
   */
  Optional<Blame> blame(Timeline timeline, Duration within) {
    Optional<Duration> took = timeline.at(Stage.PROOF).map(Moment::after);
    if (took.isEmpty()) {
      return Optional.of(missing(timeline, within));
    }
    return took.get().compareTo(within) > 0
        ? Optional.of(late(took.get(), within))
        : dead(timeline);
  }

  /** How a freeze was healed. */
  String praise(Timeline timeline, Duration took) {
    String around = unseen(timeline).map(Stage::word).collect(Collectors.joining(", "));
    String words = String.format(Locale.ROOT, "healed in %.1f s", seconds(took));
    return around.isEmpty() ? words : words + ", without being seen at: " + around;
  }

  /** Healed, as the receiver has proven, and yet the model does not answer this program. */
  static Blame noAnswer(String model, Duration waited) {
    return new Blame(
        "answer was not seen within %d s of the proof: %s does not answer"
            .formatted(waited.toSeconds(), model),
        "selfheal status; selfheal verify");
  }

  /**
   * The first stage after the last one that was seen, and who should have brought it about. What
   * nobody watches, because it is not configured, is passed over.
   */
  private Blame missing(Timeline timeline, Duration within) {
    return watched()
        .filter(stage -> stage.compareTo(timeline.last()) > 0)
        .findFirst()
        .flatMap(stage -> watcher(stage).map(watch -> notSeen(stage, within, watch)))
        .orElseThrow(); // the receiver's proof is watched in any case
  }

  private static Blame notSeen(Stage stage, Duration within, Watch watch) {
    return new Blame(
        "%s was not seen within %d s: %s"
            .formatted(stage.word(), within.toSeconds(), watch.trouble()),
        watch.mend());
  }

  private static Blame late(Duration took, Duration within) {
    return new Blame(
        String.format(
            Locale.ROOT,
            "healed, but in %.1f s instead of %d s",
            seconds(took),
            within.toSeconds()),
        "see which stage took so long; --within sets the limit");
  }

  /**
   * A link that the recovery went around, by the exporter's direct path, and that does not answer:
   * the next freeze may need it.
   */
  private Optional<Blame> dead(Timeline timeline) {
    return unseen(timeline)
        .flatMap(stage -> watcher(stage).stream())
        .filter(watch -> !watch.answers())
        .findFirst()
        .map(watch -> new Blame("healed, but " + watch.trouble(), watch.mend()));
  }

  /** The stages that somebody watches, and that were passed without being seen. */
  private Stream<Stage> unseen(Timeline timeline) {
    return watched().filter(stage -> stage.compareTo(Stage.PROOF) < 0 && !timeline.has(stage));
  }

  private Stream<Stage> watched() {
    return Arrays.stream(Stage.values()).filter(stage -> watcher(stage).isPresent());
  }

  private Optional<Watch> watcher(Stage stage) {
    return watches.stream().filter(watch -> watch.stages().contains(stage)).findFirst();
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
