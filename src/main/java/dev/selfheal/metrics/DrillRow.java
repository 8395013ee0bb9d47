package dev.selfheal.metrics;

/**
 * The last drill of one target that has ended, as metrics show it.
 *
 * @param seconds how long it took
 * @param endedAt in seconds since 1970
 */
public record DrillRow(String target, boolean passed, double seconds, double endedAt) {}
