package dev.selfheal.exporter.sample;

import java.time.Duration;

/**
 * What went over a connection since it was made.
 *
 * @param sent payload bytes to the other side
 * @param received payload bytes from it
 * @param sinceSent time since the last packet to it
 * @param sinceReceived time since the last packet from it
 */
public record Traffic(long sent, long received, Duration sinceSent, Duration sinceReceived) {}
