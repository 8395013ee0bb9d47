package dev.selfheal.dispatch;

import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * The time and the threads that the dispatch works with. They belong to whoever made them.
 *
 * @param clock may be set back or forward while it runs
 * @param nanos grows steadily; only differences mean anything
 * @param timer runs what is short; never blocks
 * @param lookers run looks and other work on the ledger, and wait for nothing but the disk
 * @param askers wait for Alertmanager, and for what hosts say of their units
 * @param actors run attempts, which may take many minutes; the policy bounds their number
 */
public record Workers(
    Clock clock,
    LongSupplier nanos,
    ScheduledExecutorService timer,
    ExecutorService lookers,
    ExecutorService askers,
    ExecutorService actors) {}
