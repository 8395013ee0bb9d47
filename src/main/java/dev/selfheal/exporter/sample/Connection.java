package dev.selfheal.exporter.sample;

import org.jspecify.annotations.Nullable;

/**
 * One TCP connection, seen from the side of Ollama.
 *
 * @param local the side whose port is the API's or a runner's
 * @param receiveQueue bytes that arrived and were not read by the process
 * @param sendQueue bytes that the other side has not acknowledged
 * @param traffic null where it cannot be known
 */
public record Connection(
    ConnectionState state,
    Endpoint local,
    Endpoint peer,
    long receiveQueue,
    long sendQueue,
    @Nullable Traffic traffic) {}
