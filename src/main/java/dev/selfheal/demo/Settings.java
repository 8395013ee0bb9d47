package dev.selfheal.demo;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the demo's selfheal.yml.
 *
 * @param restart the argv that restarts the Ollama
 * @param alertmanager whom the receiver asks; null if the exporter itself tells the receiver
 */
record Settings(
    Place place, Tempo tempo, URI ollama, List<String> restart, @Nullable URI alertmanager) {
  static final String TARGET = "gpu-01";
  static final String INSTANCE = "gpu-01:9100";

  /** The configuration, in YAML. What is not in it is as it is shipped. */
  String yaml() {
    return """
    listen: 127.0.0.1:%d
    auth: {webhook_token_file: webhook.token, operator_token_file: operator.token}
    ledger: %s
    %s%stargets:
      - name: %s
        match: {instance: "%s"}
        ollama_url: %s
        restart_command: [%s]
    exporter:
      textfile: %s
      state: %s
      ollama_url: %s
    %s%s"""
        .formatted(
            place.port(),
            quoted("sqlite:" + place.folder().resolve("ledger.db")),
            alertmanager == null ? "" : "alertmanager_url: " + alertmanager + "\n",
            tempo.scaled() ? policy() : "",
            TARGET,
            INSTANCE,
            ollama,
            restart.stream().map(Settings::quoted).collect(Collectors.joining(", ")),
            quoted(place.textfile().toString()),
            quoted(place.folder().resolve("state.json").toString()),
            ollama,
            tempo.scaled() ? thresholds() : "",
            alertmanager == null ? webhook() : "");
  }

  private String policy() {
    return String.format(
        Locale.ROOT,
        "policy: {cooldown: %ds, settle: %ds}%nrecovery: {recheck: %dms}%n",
        tempo.cooldown().toSeconds(),
        Tempo.FAST_SETTLE.toSeconds(),
        Tempo.FAST_RECHECK.toMillis());
  }

  private String thresholds() {
    return String.format(
        Locale.ROOT,
        "  interval: %ds%n  thresholds: {gpu: %ds, stopped: %ds}%n",
        tempo.interval().toSeconds(),
        tempo.gpu().toSeconds(),
        tempo.stopped().toSeconds());
  }

  private String webhook() {
    return """
      webhook:
        url: %s
        token_file: webhook.token
        labels: {instance: "%s"}
    """
        .formatted(place.webhook(), INSTANCE);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("${", "$${") + '"';
  }
}
