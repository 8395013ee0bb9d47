package dev.selfheal.exporter;

import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.LoadedModel;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.RunnerProcess;
import dev.selfheal.exporter.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The model on which a suspected runner is asked, or why none may be. A question to the wrong one
 * would load it and evict another.
 */
sealed interface CanaryModel {

  /** So soon Ollama may have unloaded it when the question arrives, and would load it anew. */
  Duration TOO_LATE = Duration.ofSeconds(5);

  /** {@code keep_alive: -1} gives a time centuries ahead. */
  Duration FOR_EVER = Duration.ofDays(365 * 100L);

  /**
   * This one.
   *
   * @param contextLength above 0
   * @param keepAlive seconds that are left of its time in memory, at least 1; -1 for ever
   */
  record Ask(String name, int contextLength, long keepAlive) implements CanaryModel {}

  /** None. */
  record None(String why) implements CanaryModel {}

  /** The model of a runner, as a sample shows it. */
  static CanaryModel of(Sample sample, long runner) {
    if (!(sample.processes() instanceof Reading.Known<Processes> known)) {
      return new None("the processes could not be read");
    }
    if (!(sample.api().loaded() instanceof Answer.Good<List<LoadedModel>> good)) {
      return new None("/api/ps did not say which models are loaded");
    }
    List<RunnerProcess> runners = known.value().runners();
    RunnerProcess accused = runner(runners, runner);
    if (accused == null) {
      return new None("the runner is gone");
    }
    return of(match(accused, runners, good.body()), sample.wall());
  }

  /** The name of the model that a runner runs; null if that is not certain. */
  static @Nullable String nameOf(Sample sample, long runner) {
    if (!(sample.processes() instanceof Reading.Known<Processes> known)
        || !(sample.api().loaded() instanceof Answer.Good<List<LoadedModel>> good)) {
      return null;
    }
    List<RunnerProcess> runners = known.value().runners();
    RunnerProcess accused = runner(runners, runner);
    LoadedModel model = accused == null ? null : match(accused, runners, good.body());
    return model == null ? null : model.name();
  }

  private static @Nullable RunnerProcess runner(List<RunnerProcess> runners, long pid) {
    return runners.stream().filter(each -> each.stat().pid() == pid).findFirst().orElse(null);
  }

  private static @Nullable LoadedModel match(
      RunnerProcess accused, List<RunnerProcess> runners, List<LoadedModel> models) {
    if (runners.size() == 1 && models.size() == 1) {
      return models.get(0);
    }
    String blob = accused.blob();
    if (blob == null) {
      return null;
    }
    List<LoadedModel> same = models.stream().filter(each -> blob.equals(each.blob())).toList();
    boolean shared = runners.stream().filter(each -> blob.equals(each.blob())).count() > 1;
    return same.size() == 1 && !shared ? same.get(0) : null;
  }

  private static CanaryModel of(@Nullable LoadedModel model, Instant now) {
    if (model == null) {
      return new None("it is not certain which model the runner runs");
    }
    Instant expires = model.expiresAt();
    if (model.contextLength() <= 0 || expires == null) {
      return new None("this version of Ollama does not say what a harmless question needs");
    }
    Duration left = Duration.between(now, expires);
    if (!left.isNegative() && left.compareTo(TOO_LATE) < 0) {
      return new None("the model is about to be unloaded");
    }
    long keepAlive = left.compareTo(FOR_EVER) > 0 ? -1 : Math.max(1, left.toSeconds());
    return new Ask(model.name(), model.contextLength(), keepAlive);
  }
}
