package dev.selfheal.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Ollama that may be restarted, and the alerts that speak of it.
 *
 * @param name stands in URLs and metrics
 * @param match labels an alert must carry with exactly these values; empty only for the built-in
 *     target
 * @param instanceHosts only for the built-in target, else empty: the host part of the label {@code
 *     instance} (before its port) must be one of these names or addresses
 * @param unit the systemd service; null when only {@code restartCommand} knows how
 * @param ollamaUrl scheme, host and port, without a trailing slash; as seen from its own host
 * @param restartCommand argv, run without a shell; empty for {@code systemctl try-restart UNIT}
 * @param textfile what its exporter writes; null for that of this file's {@code exporter}, if it is
 *     the same Ollama that it watches
 * @param ssh how its host is reached; null for the receiver's own
 * @param ladder what may be done when a restart did not help
 * @param permission how far the receiver may go with it
 */
public record TargetConfig(
    String name,
    Map<String, String> match,
    List<String> instanceHosts,
    @Nullable String unit,
    URI ollamaUrl,
    List<String> restartCommand,
    @Nullable Path textfile,
    @Nullable SshConfig ssh,
    LadderConfig ladder,
    PermissionConfig permission) {

  static final URI DEFAULT_OLLAMA_URL = URI.create("http://127.0.0.1:11434");

  public TargetConfig {
    match = Collections.unmodifiableMap(new LinkedHashMap<>(match));
    instanceHosts = List.copyOf(instanceHosts);
    restartCommand = List.copyOf(restartCommand);
  }

  /** A target of the receiver's own host that names no textfile. */
  public TargetConfig(
      String name,
      Map<String, String> match,
      List<String> instanceHosts,
      @Nullable String unit,
      URI ollamaUrl,
      List<String> restartCommand) {
    this(
        name,
        match,
        instanceHosts,
        unit,
        ollamaUrl,
        restartCommand,
        null,
        null,
        LadderConfig.NONE,
        PermissionConfig.DEFAULT);
  }

  /** The target of a receiver without a configuration file: this host's own Ollama. */
  static TargetConfig builtIn(List<String> instanceHosts) {
    return new TargetConfig(
        "local", Map.of(), instanceHosts, "ollama.service", DEFAULT_OLLAMA_URL, List.of());
  }

  /** The target of a host that is healed from elsewhere: the Ollama that its exporter looks at. */
  static TargetConfig of(ExporterConfig exporter, List<String> instanceHosts) {
    ExporterConfig.Ollama ollama = exporter.ollama();
    return new TargetConfig(
        "local", Map.of(), instanceHosts, ollama.unit(), ollama.url(), List.of());
  }
}
