package dev.selfheal.verdict;

import dev.selfheal.remedy.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A page of an exporter of ours, the same that node_exporter serves, judged without the way through
 * Prometheus. All times in it are those of its host's clock, and so must be the time that it is
 * judged at.
 */
public final class ExporterPage {
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

  /** A page from further ahead is from before a step of the clock. */
  private static final Duration AHEAD = Duration.ofSeconds(5);

  private final PromText page;
  private final Instant now;

  private ExporterPage(PromText page, Instant now) {
    this.page = page;
    this.now = now;
  }

  /**
   * Reads a page; what is no line of one is passed over.
   *
   * @param now by the clock of the exporter's host
   */
  public static ExporterPage read(String text, Instant now) {
    return new ExporterPage(PromText.parse(text), now);
  }

  /**
   * What it says about its server.
   *
   * @param name what the page is called in words
   */
  public Evidence judge(String name) {
    OptionalDouble written = page.value("selfheal_exporter_last_run_timestamp_seconds");
    OptionalDouble stalled = page.value("ollama_frozen_duration_seconds");
    OptionalDouble threshold = page.value("ollama_frozen_threshold_seconds");
    if (written.isEmpty() || stalled.isEmpty()) {
      return new Evidence.Unknown(name + " does not hold the exporter's verdict");
    }
    if (!fresh()) {
      Duration age = age(written.getAsDouble());
      return new Evidence.Unknown(name + " is old: the exporter wrote it " + age + " ago");
    }
    boolean frozen = threshold.isPresent() && stalled.getAsDouble() > threshold.getAsDouble();
    return frozen ? unlessIncurable(stalled.getAsDouble()) : unlessBlind();
  }

  /** Whether the exporter has written it just now, and so still looks. */
  public boolean fresh() {
    OptionalDouble written = page.value("selfheal_exporter_last_run_timestamp_seconds");
    Duration age = age(written.orElse(0));
    return age.compareTo(limit()) <= 0 && age.compareTo(AHEAD.negated()) >= 0;
  }

  /** Whether no stall has even begun, and one would be seen. */
  public boolean showsNoStall() {
    return judge("the page") instanceof Evidence.Progressing
        && page.value("ollama_frozen_duration_seconds").orElse(1) == 0;
  }

  /** The model whose runner stalls; empty if none does or the exporter is not certain which. */
  public Optional<String> stalledModel() {
    return page.labelOfOne("ollama_frozen_model_info", "model");
  }

  /** Calls from the server to its runners that are alive; empty if the page does not say. */
  public OptionalDouble requestsInFlight() {
    return page.value("ollama_requests_in_flight");
  }

  /** Whether a GPU is lost, which no restart brings back. */
  public boolean gpuLost() {
    return page.any("ollama_gpu_lost", value -> value == 1);
  }

  /** Whether a process waits in the kernel for so long that it outlives a restart. */
  public boolean stuckInKernel() {
    return page.any("ollama_uninterruptible_seconds", value -> value >= STUCK_SECONDS);
  }

  private Evidence unlessIncurable(double seconds) {
    if (gpuLost()) {
      return new Evidence.Unknown("its exporter finds a GPU lost, which no restart brings back");
    }
    if (stuckInKernel()) {
      return new Evidence.Unknown(
          "its exporter finds a process stuck in the kernel, which outlives a restart");
    }
    return frozen(seconds);
  }

  /** That no stall is seen says something only if one would be. */
  private Evidence unlessBlind() {
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

  private Evidence frozen(double seconds) {
    return new Evidence.Stalled(
        page.labelOfOne("ollama_frozen_reason", "reason").orElse("unknown"),
        now.minus(seconds(seconds)));
  }

  private Duration age(double written) {
    return Duration.between(Instant.EPOCH.plus(seconds(written)), now);
  }

  private Duration limit() {
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
