package dev.selfheal.dispatch;

import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The time and the threads that the dispatch works with. They belong to whoever made them.
 *
 * @param timer runs what is short; never blocks
 * @param lookers run looks, which may ask Alertmanager and wait for it
 * @param actors run attempts, which may take many minutes; the policy bounds their number
 */
public record Workers(
    Clock clock, ScheduledExecutorService timer, ExecutorService lookers, ExecutorService actors) {}
