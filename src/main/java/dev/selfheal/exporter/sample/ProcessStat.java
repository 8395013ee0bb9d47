package dev.selfheal.exporter.sample;

import java.time.Duration;

/**
 * One line of {@code /proc/PID/stat}, as far as it matters.
 *
 * @param pid the process
 * @param parent its parent
 * @param state field 3
 * @param cpu user and system time of all its threads since it started
 * @param startTicks when it started, in clock ticks since boot; with the pid it names one process
 *     for as long as the host is up
 * @param residentPages field 24
 */
public record ProcessStat(
    long pid, long parent, ProcessState state, Duration cpu, long startTicks, long residentPages) {}
