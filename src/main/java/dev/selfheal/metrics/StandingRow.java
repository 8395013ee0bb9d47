package dev.selfheal.metrics;

import java.util.Optional;

/**
 * How one target stands, as metrics show it.
 *
 * @param incident whether it has an open incident
 * @param heldFor the reason's label, if the open incident is not acted on now
 */
public record StandingRow(
    String target, int budgetLeft, boolean paused, boolean incident, Optional<String> heldFor) {}
