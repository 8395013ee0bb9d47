package dev.selfheal.config;

import java.time.Duration;

/**
 * At most this many restarts of one target in a sliding window.
 *
 * @param max at least 1
 * @param per the window: above 0s, at most 90 days, because older attempts are pruned
 */
public record BudgetConfig(int max, Duration per) {}
