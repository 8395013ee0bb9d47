package dev.selfheal.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the exporter looks at an Ollama, and where it writes what it found.
 *
 * @param interval between two looks
 * @param files what it writes
 * @param ollama what it looks at
 * @param thresholds how long a stall may last
 * @param reactions what it may do besides looking
 */
public record ExporterConfig(
    Duration interval, Files files, Ollama ollama, Thresholds thresholds, Reactions reactions) {

  /**
   * The files that it writes.
   *
   * @param textfile for node_exporter
   * @param state keeps its counters over a restart
   */
  public record Files(Path textfile, Path state) {}

  /**
   * The Ollama that it looks at.
   *
   * @param url without a trailing slash
   * @param unit the systemd service that runs it
   * @param process a regular expression that finds the server's command line where no unit runs it;
   *     null for none
   * @param label the value of a label {@code ollama} on every metric; null for none
   */
  public record Ollama(URI url, String unit, @Nullable String process, @Nullable String label) {}

  /** How long each kind of stall may last; all above 0s. */
  public record Thresholds(
      Duration gpu,
      Duration stopped,
      Duration apiDead,
      Duration cpu,
      Duration cpuBlind,
      Duration scheduler,
      Duration load) {}

  /**
   * What it may do besides looking.
   *
   * @param canary whether it may ask a suspected runner for one token
   * @param webhook a receiver that it tells of a freeze by itself; null for none
   */
  public record Reactions(boolean canary, @Nullable Webhook webhook) {}

  /**
   * A receiver that is told directly.
   *
   * @param url of its webhook, with the path
   * @param tokenFile holds the token that it asks for; null for none
   * @param repeat how often it is told that a freeze still lasts, 10 s to 10 min
   * @param labels by which it finds its target; at least one
   */
  public record Webhook(
      URI url, @Nullable Path tokenFile, Duration repeat, Map<String, String> labels) {
    public Webhook {
      labels = Map.copyOf(labels);
    }
  }

  /** What holds without any setting. */
  public static final ExporterConfig DEFAULT =
      new ExporterConfig(
          Duration.ofSeconds(5),
          new Files(
              Path.of("/run/selfheal-exporter/ollama.prom"),
              Path.of("/var/lib/selfheal-exporter/state.json")),
          new Ollama(TargetConfig.DEFAULT_OLLAMA_URL, "ollama.service", null, null),
          new Thresholds(
              Duration.ofSeconds(45),
              Duration.ofSeconds(30),
              Duration.ofSeconds(30),
              Duration.ofMinutes(10),
              Duration.ofMinutes(30),
              Duration.ofMinutes(5),
              Duration.ofMinutes(6)),
          new Reactions(true, null));
}
