package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.Connection;
import dev.selfheal.exporter.sample.ConnectionState;
import dev.selfheal.exporter.sample.Listener;
import dev.selfheal.exporter.sample.Sockets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Rows of sockets, from whatever source.
 *
 * @param connections every row that is not LISTEN
 * @param listeners the LISTEN rows
 * @param odd how many lines were not understood, and left out
 */
public record SocketRows(List<Connection> connections, List<Listener> listeners, int odd) {
  public SocketRows {
    connections = List.copyOf(connections);
    listeners = List.copyOf(listeners);
  }

  /** No rows. */
  public static final SocketRows NONE = new SocketRows(List.of(), List.of(), 0);

  /** These rows and those. */
  public SocketRows and(SocketRows more) {
    List<Connection> allConnections = new ArrayList<>(connections);
    allConnections.addAll(more.connections);
    List<Listener> allListeners = new ArrayList<>(listeners);
    allListeners.addAll(more.listeners);
    return new SocketRows(allConnections, allListeners, odd + more.odd);
  }

  /** Those whose own port is one of these. */
  public SocketRows on(IntPredicate ports) {
    return new SocketRows(
        connections.stream().filter(row -> ports.test(row.local().port())).toList(),
        listeners.stream().filter(row -> ports.test(row.local().port())).toList(),
        odd);
  }

  /** Whether somebody listens on this port. */
  public boolean listensOn(int port) {
    return listeners.stream().anyMatch(row -> row.local().port() == port);
  }

  /** Whether every established connection carries its traffic. */
  public boolean counted() {
    return connections.stream()
        .filter(row -> row.state() == ConnectionState.ESTABLISHED)
        .allMatch(row -> row.traffic() != null);
  }

  /** The rows as a part of a sample, of the host's own network. */
  public Sockets sockets() {
    return new Sockets(connections, listeners, counted(), null);
  }
}
