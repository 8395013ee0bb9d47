package dev.selfheal.ssh;

import java.time.Duration;

/**
 * What a command may take.
 *
 * @param total time from its order to its end
 * @param silence time without a byte of output
 * @param maxBytes of its output that are kept, at least 4: the beginning and the end
 */
public record SshLimits(Duration total, Duration silence, int maxBytes) {}
