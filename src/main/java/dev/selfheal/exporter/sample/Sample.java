package dev.selfheal.exporter.sample;

import java.time.Instant;

/**
 * Everything that one round of the probes saw of one Ollama.
 *
 * @param wall the host's own clock when the round began; only ever compared with times that Ollama
 *     took from the same clock
 */
public record Sample(
    Instant wall,
    Reading<Processes> processes,
    Reading<Sockets> sockets,
    Api api,
    Gpus gpus,
    Reading<LogEvents> log) {}
