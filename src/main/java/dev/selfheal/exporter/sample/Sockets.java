package dev.selfheal.exporter.sample;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sockets on the ports of one Ollama: its API's and its runners'. Only rows whose local port is
 * one of these.
 *
 * @param connections every row that is not LISTEN
 * @param listeners the LISTEN rows
 * @param counted whether the connections carry their traffic; {@code /proc/net/tcp} has none
 * @param loopbackBytes bytes that went over loopback in the network namespace of a container since
 *     it was made, a coarse sign of progress; null where the connections are counted themselves
 */
public record Sockets(
    List<Connection> connections,
    List<Listener> listeners,
    boolean counted,
    @Nullable Long loopbackBytes) {
  public Sockets {
    connections = List.copyOf(connections);
    listeners = List.copyOf(listeners);
  }
}
