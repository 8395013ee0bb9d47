package dev.selfheal.exporter.sample;

/**
 * A listening socket.
 *
 * @param queue connections that the process has not accepted
 */
public record Listener(Endpoint local, long queue) {}
