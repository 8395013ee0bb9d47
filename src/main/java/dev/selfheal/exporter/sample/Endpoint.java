package dev.selfheal.exporter.sample;

/**
 * One end of a connection.
 *
 * @param address as the kernel writes it, without brackets and zone
 * @param port 0 for any
 */
public record Endpoint(String address, int port) {}
