package dev.selfheal.demo;

import dev.selfheal.demo.Watch.Awaited;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A runner that was ordered to freeze, as it is seen from outside. */
final class Frozen {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(1);

  /** Of a core; on a machine that others use, too, it does not get all that it wants. */
  private static final double COMPUTES = 0.1;

  private static final double GIBIBYTE = 1L << 30;

  private final Stage stage;
  private final Manner manner;
  private final Episode.Before before;

  /** The processor time that the runner had used. */
  private final Duration cpu;

  Frozen(Stage stage, Manner manner, Episode.Before before) {
    this.stage = stage;
    this.manner = manner;
    this.before = before;
    this.cpu = Host.cpu(before.runner());
  }

  /** Shows that it is frozen, and how little of that the API betrays. */
  void show() throws DemoFailed, InterruptedException {
    Awaited awaited =
        new Awaited(
            "the runner freezes",
            stage.tempo().shortly(),
            "the fake Ollama",
            () -> String.format(Locale.ROOT, "no byte for %.1f s", clients().silence()));
    stage.screen().step(Mark.FROZEN, stage.watch().until(awaited, this::frozen));
    stage
        .screen()
        .more(
            String.format(
                Locale.ROOT,
                "/api/tags answers, and no client has got a byte for %.1f s",
                clients().silence()));
  }

  private @Nullable String frozen() throws IOException, DemoFailed, InterruptedException {
    before.check(stage.cast().receiver());
    Duration since = Duration.between(before.at(), stage.clock().instant());
    Gauges found = stage.cast().host().found();
    boolean silent = clients().silence() >= seconds(LONG_ENOUGH);
    if (since.compareTo(LONG_ENOUGH) < 0 || !silent || !isNews(found)) {
      return null;
    }
    double cores = seconds(Host.cpu(before.runner()).minus(cpu)) / seconds(since);
    String state = state(cores);
    boolean idle = found.value("ollama_gpu_utilization_ratio").orElse(1) == 0;
    return state == null || !idle || !stage.cast().host().listsModels() ? null : text(state, found);
  }

  private String text(String state, Gauges found) {
    return String.format(
        Locale.ROOT,
        "the runner (process %d) %s; GPU 0 %%, %.1f of its %.1f GiB in use",
        before.runner(),
        state,
        found.value("ollama_gpu_memory_used_bytes").orElse(0) / GIBIBYTE,
        found.value("ollama_gpu_memory_total_bytes").orElse(0) / GIBIBYTE);
  }

  private @Nullable String state(double cores) throws IOException {
    if (manner == Manner.STOP) {
      return Host.isStopped(before.runner()) ? "is stopped (state T)" : null;
    }
    return cores < COMPUTES
        ? null
        : String.format(Locale.ROOT, "computes at %.0f %% of a core", cores * 100);
  }

  /** Whether the exporter has looked since it froze. */
  boolean isNews(Gauges found) {
    double looked = found.value("selfheal_exporter_last_run_timestamp_seconds").orElse(0);
    return looked * 1000 > before.at().toEpochMilli();
  }

  private Tally clients() {
    return stage.cast().clients();
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
