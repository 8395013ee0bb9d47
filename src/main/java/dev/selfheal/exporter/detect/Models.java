package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.Gpu;
import dev.selfheal.exporter.sample.Gpus;
import dev.selfheal.exporter.sample.LoadedModel;
import dev.selfheal.exporter.sample.RunnerProcess;
import dev.selfheal.exporter.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The loaded models as {@code /api/ps} lists them, and which runner runs which. */
final class Models {
  /** On the GPU from this share on; a few layers' buffers stay on the CPU anyway. */
  static final double RESIDENT = 0.9;

  /** Ollama's sizes are estimates, and may be too high by a third. */
  private static final double FOUND = 0.5;

  private final Map<String, ExpiryWatch> expiries = new HashMap<>();
  private @Nullable List<LoadedModel> listed;
  private @Nullable Instant lastWall;
  private @Nullable Instant lastSteady;

  /** Notes what a sample lists, if it lists anything. */
  void add(Sample sample, Instant steady) {
    Duration stepped = stepped(sample.wall(), steady);
    if (!(sample.api().loaded() instanceof Answer.Good<List<LoadedModel>> good)) {
      listed = null;
      return;
    }
    listed = good.body();
    Set<String> names = new HashSet<>();
    for (LoadedModel model : good.body()) {
      names.add(model.name());
      expiries
          .computeIfAbsent(model.name(), unseen -> new ExpiryWatch())
          .add(model, sample.wall(), stepped);
    }
    expiries.keySet().retainAll(names);
  }

  /** How many are loaded; null if this sample does not say. */
  @Nullable Integer count() {
    return listed == null ? null : listed.size();
  }

  /** The expiry of the model that a runner runs; null if either is not known. */
  @Nullable ExpiryWatch expiryOf(RunnerProcess runner, int runners) {
    LoadedModel model = of(runner, runners);
    return model == null ? null : expiries.get(model.name());
  }

  /** Whether a runner's model is on the GPU; null if this sample does not say. */
  @Nullable Boolean resident(RunnerProcess runner, int runners) {
    if (listed == null || listed.isEmpty()) {
      return null;
    }
    LoadedModel model = of(runner, runners);
    return model != null
        ? model.vramRatio() >= RESIDENT
        : listed.stream().allMatch(any -> any.vramRatio() >= RESIDENT);
  }

  /**
   * Whether the GPUs that can be seen hold what the models are said to have there: they may be on
   * one of another maker, and then these are idle whatever it does.
   */
  boolean areOn(Gpus gpus) {
    if (listed == null || !(gpus instanceof Gpus.Seen seen)) {
      return true;
    }
    long used = 0;
    for (Gpu gpu : seen.gpus()) {
      if (gpu.memoryUsed() == null) {
        return true; // shared with the host's memory there, and not told
      }
      used += gpu.memoryUsed();
    }
    return used >= FOUND * listed.stream().mapToLong(LoadedModel::sizeVram).sum();
  }

  private @Nullable LoadedModel of(RunnerProcess runner, int runners) {
    if (listed == null) {
      return null;
    }
    if (listed.size() == 1 && runners == 1) {
      return listed.get(0);
    }
    List<LoadedModel> same =
        listed.stream()
            .filter(model -> model.blob() != null && model.blob().equals(runner.blob()))
            .toList();
    return same.size() == 1 ? same.get(0) : null;
  }

  /** How far the host's clock went beyond the steady time since the sample before. */
  private Duration stepped(Instant wall, Instant steady) {
    Duration stepped =
        lastWall == null || lastSteady == null
            ? Duration.ZERO
            : Duration.between(lastWall, wall).minus(Duration.between(lastSteady, steady));
    lastWall = wall;
    lastSteady = steady;
    return stepped;
  }
}
