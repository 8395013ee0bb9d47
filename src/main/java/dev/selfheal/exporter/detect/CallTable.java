package dev.selfheal.exporter.detect;

import dev.selfheal.exporter.sample.Connection;
import dev.selfheal.exporter.sample.Endpoint;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The connections on one port, each followed for as long as the same two ends are there. */
final class CallTable {
  private record Ends(Endpoint local, Endpoint peer) {}

  private final Map<Ends, CallWatch> calls = new HashMap<>();

  /**
   * Notes the connections of a sample; those that are gone are forgotten.
   *
   * @return bytes that all of them sent since the sample before
   */
  long add(Duration at, List<Connection> connections) {
    Set<Ends> there = new HashSet<>();
    long sent = 0;
    for (Connection connection : connections) {
      Ends ends = new Ends(connection.local(), connection.peer());
      there.add(ends);
      sent += calls.computeIfAbsent(ends, unseen -> new CallWatch(at)).add(at, connection);
    }
    calls.keySet().retainAll(there);
    return sent;
  }

  Collection<CallWatch> all() {
    return calls.values();
  }

  /** When any of them last made progress; null if none does. */
  @Nullable Duration progress(boolean counted) {
    return latest(calls.values().stream().map(call -> call.progress(counted)));
  }

  /** Since when the first of the clients that are gone has been so; null if none stays. */
  @Nullable Duration abandonedSince() {
    return earliest(calls.values().stream().map(CallWatch::abandonedSince));
  }

  /** How many stay and are alive. */
  int alive() {
    return (int) calls.values().stream().filter(CallWatch::alive).count();
  }

  /** How many are being answered. */
  int answering() {
    return (int) calls.values().stream().filter(call -> call.progress(true) != null).count();
  }

  /** Since when the most silent of those that are alive has sent nothing, not before a time. */
  Duration silentSince(Duration demand) {
    Duration silent =
        earliest(calls.values().stream().filter(CallWatch::alive).map(CallWatch::silentSince));
    return silent == null || silent.compareTo(demand) < 0 ? demand : silent;
  }

  boolean anyClosing() {
    return calls.values().stream().anyMatch(CallWatch::closing);
  }

  static @Nullable Duration earliest(Stream<? extends @Nullable Duration> times) {
    return times.filter(Objects::nonNull).min(Duration::compareTo).orElse(null);
  }

  static @Nullable Duration latest(Stream<? extends @Nullable Duration> times) {
    return times.filter(Objects::nonNull).max(Duration::compareTo).orElse(null);
  }
}
