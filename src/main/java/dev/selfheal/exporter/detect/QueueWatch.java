package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.detect.Condition.Stalled;
import dev.selfheal.exporter.sample.Connection;
import dev.selfheal.exporter.sample.ConnectionState;
import dev.selfheal.exporter.sample.Endpoint;
import dev.selfheal.exporter.sample.Traffic;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stall clock of requests that wait in the server and reach no runner. What is seen on the port
 * of the API is weak: a pull or a cloud model waits there too. It takes several who wait, or some
 * who gave up without the server's noticing, which a handler that is alive does at once.
 */
final class QueueWatch {
  /** So many waiting at once are no pull: those are made one at a time. */
  static final int MANY = 3;

  private record Waiting(Duration since, long received, boolean gone) {}

  private final Map<Endpoint, Waiting> waiting = new HashMap<>();
  private @Nullable Duration since;
  private Duration at = Duration.ZERO;
  private Map<Endpoint, Long> full = Map.of();
  private boolean clientStopped;

  /**
   * Notes the connections on the API's port.
   *
   * @param excused whether something else explains the waiting: a runner that works, a load
   * @param listBlocked whether the list of loaded models waits too
   */
  void observe(Duration now, List<Connection> connections, boolean excused, boolean listBlocked) {
    at = now;
    Set<Endpoint> there = new HashSet<>();
    for (Connection connection : connections) {
      if (waits(connection)) {
        there.add(connection.peer());
        note(connection);
      }
    }
    waiting.keySet().retainAll(there);
    noteFull(connections);
    boolean stuck = !excused && (several() || listBlocked);
    since = !stuck ? null : since == null ? now : since;
  }

  /** The stall of the scheduler; null if nothing speaks for one. */
  @Nullable Stalled deadlock(Thresholds thresholds) {
    return since == null
        ? null
        : new Stalled(
            at.minus(since), thresholds.scheduler(), StallReason.SCHEDULER_DEADLOCK, null);
  }

  /** Whether a client does not take what it is sent. */
  boolean clientStopped() {
    return clientStopped;
  }

  /** A queue that is full in two samples running, with nothing sent between them. */
  private void noteFull(List<Connection> connections) {
    Map<Endpoint, Long> now = new HashMap<>();
    for (Connection connection : connections) {
      Traffic traffic = connection.traffic();
      if (connection.sendQueue() > 0) {
        now.put(connection.peer(), traffic == null ? 0 : traffic.sent());
      }
    }
    clientStopped = now.entrySet().stream().anyMatch(full.entrySet()::contains);
    full = now;
  }

  private boolean several() {
    long lasting = waiting.values().stream().filter(each -> each.since().compareTo(at) < 0).count();
    boolean abandoned =
        waiting.values().stream().anyMatch(each -> each.gone() && each.since().compareTo(at) < 0);
    return abandoned ? lasting >= 2 : lasting >= MANY;
  }

  private void note(Connection connection) {
    Traffic traffic = connection.traffic();
    long received = traffic == null ? 0 : traffic.received();
    boolean gone = connection.state() == ConnectionState.CLOSE_WAIT;
    // What still comes in is an upload, not somebody who waits.
    waiting.merge(
        connection.peer(),
        new Waiting(at, received, gone),
        (before, now) ->
            before.received() == received || gone
                ? new Waiting(before.since(), received, gone)
                : now);
  }

  private static boolean waits(Connection connection) {
    if (connection.state() == ConnectionState.CLOSE_WAIT) {
      return true;
    }
    Traffic traffic = connection.traffic();
    return connection.state() == ConnectionState.ESTABLISHED
        && traffic != null
        && traffic.received() > 0
        && (traffic.sent() == 0 || traffic.sinceReceived().compareTo(traffic.sinceSent()) < 0);
  }
}
