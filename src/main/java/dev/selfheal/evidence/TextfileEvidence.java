package dev.selfheal.evidence;

import dev.selfheal.remedy.Evidence;
import dev.selfheal.remedy.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Reads what the exporter on this host wrote last about a local target: the same page that
 * node_exporter serves, without the way through Prometheus.
 */
public final class TextfileEvidence implements TargetEvidence {
  /** A page of some dozens of series is a few kilobytes. */
  static final long MAX_BYTES = 1 << 20;

  /** Older than this many rounds, and the exporter has stopped or hangs. */
  static final int ROUNDS = 4;

  /** A page is never too old before this, however short the interval. */
  static final Duration YOUNG = Duration.ofSeconds(30);

  /** A stall is found within this, if the GPU can be read. */
  static final Duration WATCHED = Duration.ofSeconds(60);

  /** As in the rule of OllamaFrozen: what waits in the kernel so long outlives a restart. */
  private static final double STUCK_SECONDS = 60;

  private static final String PROBE_SUCCESS = "selfheal_exporter_probe_success";
  private static final List<String> NEEDED = List.of("processes", "sockets");

  /** Both clocks are this host's; a page from further ahead is from before a step of it. */
  private static final Duration AHEAD = Duration.ofSeconds(5);

  private final Clock clock;

  public TextfileEvidence(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Evidence of(Target target) {
    return target
        .signs()
        .textfile()
        .map(this::read)
        .orElseGet(() -> new Evidence.Unknown("no textfile is configured for it"));
  }

  private Evidence read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        return new Evidence.Unknown(file + " is too long for a page of the exporter");
      }
      return judge(PromText.parse(Files.readString(file, StandardCharsets.ISO_8859_1)), file);
    } catch (NoSuchFileException e) {
      return new Evidence.Unknown(file + " does not exist: is the exporter running?");
    } catch (IOException e) {
      return new Evidence.Unknown(file + " cannot be read: " + e.getMessage());
    }
  }

  private Evidence judge(PromText page, Path file) {
    OptionalDouble written = page.value("selfheal_exporter_last_run_timestamp_seconds");
    OptionalDouble stalled = page.value("ollama_frozen_duration_seconds");
    OptionalDouble threshold = page.value("ollama_frozen_threshold_seconds");
    if (written.isEmpty() || stalled.isEmpty()) {
      return new Evidence.Unknown(file + " does not hold the exporter's verdict");
    }
    Duration age = age(written.getAsDouble());
    if (age.compareTo(limit(page)) > 0 || age.compareTo(AHEAD.negated()) < 0) {
      return new Evidence.Unknown(file + " is old: the exporter wrote it " + age + " ago");
    }
    boolean frozen = threshold.isPresent() && stalled.getAsDouble() > threshold.getAsDouble();
    return frozen ? unlessIncurable(page, stalled.getAsDouble()) : unlessBlind(page);
  }

  /** What the rule of OllamaFrozen leaves out, because no restart cures it. */
  private Evidence unlessIncurable(PromText page, double seconds) {
    if (page.any("ollama_gpu_lost", value -> value == 1)) {
      return new Evidence.Unknown("its exporter finds a GPU lost, which no restart brings back");
    }
    if (page.any("ollama_uninterruptible_seconds", value -> value >= STUCK_SECONDS)) {
      return new Evidence.Unknown(
          "its exporter finds a process stuck in the kernel, which outlives a restart");
    }
    return frozen(page, seconds);
  }

  /** That no stall is seen says something only if one would be. */
  private Evidence unlessBlind(PromText page) {
    if (page.value("ollama_up").orElse(0) != 1) {
      return new Evidence.Unknown("its exporter finds Ollama's API not answering");
    }
    for (String probe : NEEDED) {
      if (page.value(PROBE_SUCCESS, "probe", probe).orElse(1) != 1) {
        return new Evidence.Unknown("its exporter's probe " + probe + " fails");
      }
    }
    OptionalDouble started = page.value("selfheal_exporter_start_time_seconds");
    if (started.isEmpty() || age(started.getAsDouble()).compareTo(WATCHED) < 0) {
      return new Evidence.Unknown("its exporter has not watched for long enough yet");
    }
    return new Evidence.Progressing();
  }

  private Evidence frozen(PromText page, double seconds) {
    return new Evidence.Stalled(
        page.labelOfOne("ollama_frozen_reason", "reason").orElse("unknown"),
        clock.instant().minus(seconds(seconds)));
  }

  private Duration age(double written) {
    return Duration.between(Instant.EPOCH.plus(seconds(written)), clock.instant());
  }

  private static Duration limit(PromText page) {
    double interval = page.value("selfheal_exporter_interval_seconds").orElse(0);
    Duration rounds = seconds(interval * ROUNDS);
    return rounds.compareTo(YOUNG) > 0 ? rounds : YOUNG;
  }

  /** A number that is no length of time counts as none: then the page is old. */
  private static Duration seconds(double seconds) {
    boolean usable = seconds >= 0 && seconds < 1e11;
    return usable ? Duration.ofMillis(Math.round(seconds * 1000)) : Duration.ZERO;
  }
}
