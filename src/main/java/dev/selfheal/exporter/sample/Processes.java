package dev.selfheal.exporter.sample;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The processes of one Ollama.
 *
 * @param serve the server; null when none runs
 * @param runners its children that run models, in the order of their pids
 */
public record Processes(@Nullable ProcessStat serve, List<RunnerProcess> runners) {
  public Processes {
    runners = List.copyOf(runners);
  }
}
