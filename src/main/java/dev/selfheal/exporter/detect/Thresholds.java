package dev.selfheal.exporter.detect;

import java.time.Duration;

/**
 * How long a stall must last before it counts as a freeze, by what is known about it.
 *
 * @param gpu the model is on the GPU, and the GPU has been idle since the stall began
 * @param stopped a runner is stopped while somebody waits; three times as long where nobody can be
 *     seen to wait (before Ollama 0.30)
 * @param apiDead no route of the API answers
 * @param cpu the model is on the CPU or the GPU is unknown, and the log shows progress lines
 * @param cpuBlind the same without progress lines
 * @param scheduler requests wait and reach no runner
 * @param load a model is being loaded and nothing moves; Ollama itself gives up after 5 minutes
 *     (OLLAMA_LOAD_TIMEOUT), to which a margin is added
 */
public record Thresholds(
    Duration gpu,
    Duration stopped,
    Duration apiDead,
    Duration cpu,
    Duration cpuBlind,
    Duration scheduler,
    Duration load) {

  /** Measured to part the healthy from the frozen at one sample each five seconds. */
  public static final Thresholds DEFAULT =
      new Thresholds(
          Duration.ofSeconds(45),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofMinutes(5),
          Duration.ofMinutes(6));
}
