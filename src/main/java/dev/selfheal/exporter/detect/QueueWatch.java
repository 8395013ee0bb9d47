package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.detect.Condition.Stalled;
import dev.selfheal.exporter.sample.Connection;
import dev.selfheal.exporter.sample.ConnectionState;
import dev.selfheal.exporter.sample.Endpoint;
import dev.selfheal.exporter.sample.Traffic;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stall clock of requests that wait in the server and reach no runner. What is seen on the port
 * of the API is weak: any number of pulls or calls of cloud models wait there too, for as long as
 * they like. It takes two who wait, one of whom gave up without the server's noticing, which a
 * handler that is alive does at once; or a list of models that waits as well; or three who wait for
 * much longer.
 */
final class QueueWatch {
  /** So many at once are hardly pulls without a stream: those are made one after the other. */
  private static final int MANY = 3;

  /**
   * One who waits.
   *
   * @param since when it was first seen to
   * @param goneSince when its client was first seen to have given up; null if it has not
   */
  private record Waiting(Duration since, long received, @Nullable Duration goneSince) {}

  private final Map<Endpoint, Waiting> waiting = new HashMap<>();
  private @Nullable Duration excusedAt;
  private @Nullable Duration blockedSince;
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
    excusedAt = excused ? now : excusedAt;
    blockedSince = !listBlocked ? null : blockedSince == null ? now : blockedSince;
  }

  /** The stall of the scheduler; null if nothing speaks for one. */
  @Nullable Stalled deadlock(Thresholds thresholds) {
    if (at.equals(excusedAt)) {
      return null;
    }
    Stalled sure =
        stall(
            CallTable.earliest(Stream.of(abandonedSince(), blockedSince)), thresholds.scheduler());
    Stalled weak = stall(waitingSince(MANY), thresholds.cpuBlind());
    return sure != null && (sure.frozen() || weak == null || !weak.frozen()) ? sure : weak;
  }

  private @Nullable Stalled stall(@Nullable Duration stuck, Duration threshold) {
    if (stuck == null) {
      return null;
    }
    Duration since = excusedAt == null ? stuck : latest(stuck, excusedAt);
    return new Stalled(at.minus(since), threshold, StallReason.SCHEDULER_DEADLOCK, null);
  }

  /** Whether a client does not take what it is sent. */
  boolean clientStopped() {
    return clientStopped;
  }

  /** Since when two have waited of whom one gave up; null if it is not so. */
  private @Nullable Duration abandonedSince() {
    Duration gone =
        CallTable.earliest(waiting.values().stream().map(Waiting::goneSince).filter(this::lasts));
    Duration second = waitingSince(2);
    return gone == null || second == null ? null : latest(gone, second);
  }

  /** Since when so many have waited, the same ones; null if there are not so many. */
  private @Nullable Duration waitingSince(int count) {
    return waiting.values().stream()
        .map(Waiting::since)
        .filter(this::lasts)
        .sorted(Comparator.naturalOrder())
        .skip(count - 1)
        .findFirst()
        .orElse(null);
  }

  /** Seen in two samples or more. */
  private boolean lasts(@Nullable Duration since) {
    return since != null && since.compareTo(at) < 0;
  }

  private static Duration latest(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
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

  private void note(Connection connection) {
    Traffic traffic = connection.traffic();
    long received = traffic == null ? 0 : traffic.received();
    boolean gone = connection.state() == ConnectionState.CLOSE_WAIT;
    // What still comes in is an upload, not somebody who waits.
    waiting.merge(
        connection.peer(),
        new Waiting(at, received, gone ? at : null),
        (before, now) ->
            new Waiting(
                gone || before.received() == received ? before.since() : at,
                received,
                gone && before.goneSince() != null ? before.goneSince() : now.goneSince()));
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
