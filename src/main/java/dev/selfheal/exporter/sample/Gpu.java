package dev.selfheal.exporter.sample;

import org.jspecify.annotations.Nullable;

/**
 * The readings of one GPU. Each is null where the driver does not say.
 *
 * @param index its number, unique on the host
 * @param utilization 0 to 1
 * @param memoryUsed bytes
 * @param memoryTotal bytes
 * @param power watts
 * @param temperature degrees Celsius
 */
public record Gpu(
    String index,
    String uuid,
    String name,
    @Nullable Double utilization,
    @Nullable Long memoryUsed,
    @Nullable Long memoryTotal,
    @Nullable Double power,
    @Nullable Double temperature) {}
