package dev.selfheal.exporter.sample;

import org.jspecify.annotations.Nullable;

/**
 * A child of the server that runs one model.
 *
 * @param stat its process
 * @param port where it listens, from {@code --port}
 * @param dialect how the server talks to it
 * @param imagesOnCpu whether its command line holds {@code --no-mmproj-offload}: images are encoded
 *     on the CPU, with the GPU idle
 * @param blob the file name of its model ({@code sha256-…}), from {@code --model}; null if unnamed
 */
public record RunnerProcess(
    ProcessStat stat, int port, Dialect dialect, boolean imagesOnCpu, @Nullable String blob) {}
