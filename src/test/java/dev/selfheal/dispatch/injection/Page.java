package dev.selfheal.dispatch.injection;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The page of a fake host's exporter. */
final class Page {
  private final Server server;

  Page(Server server) {
    this.server = server;
  }

  /** What it writes now, by the host's own clock. */
  String text() {
    long now = server.world.now().plus(server.clockOffset).getEpochSecond();
    double stalled =
        server.frozen()
            ? Duration.between(server.frozenSince, server.world.now()).toMillis() / 1000.0 + 46
            : 0;
    Map<String, Object> lines = new HashMap<>();
    lines.put("selfheal_exporter_last_run_timestamp_seconds", now);
    lines.put("selfheal_exporter_start_time_seconds", now - 900);
    lines.put("selfheal_exporter_interval_seconds", 5);
    lines.put("ollama_up", server.answers() ? 1 : 0);
    lines.put("ollama_frozen_duration_seconds", stalled);
    lines.put("ollama_frozen_threshold_seconds", 45);
    lines.put("ollama_frozen_reason{reason=\"" + server.stall + "\"}", server.frozen() ? 1 : 0);
    lines.put("ollama_uninterruptible_seconds", server.stuckInKernel ? 100 : 0);
    lines.put("ollama_gpu_lost", server.gpuLost ? 1 : 0);
    StringBuilder text = new StringBuilder();
    lines.forEach((key, value) -> text.append(key).append(' ').append(value).append('\n'));
    return text.toString();
  }
}
