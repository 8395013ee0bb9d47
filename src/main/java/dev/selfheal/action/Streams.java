package dev.selfheal.action;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Watches from look to look whether a runner sends what it computes to a client that waits. */
final class Streams {
  /** A runner that does nothing sends a ping of 8 bytes each half minute. */
  private static final long MORE_THAN_A_PING = 64;

  /** More than health checks on a connection that stays open come to while a model is loaded. */
  private static final long AN_ANSWER = 1024;

  private Map<Integer, Counts> before = Map.of();

  private record Counts(long sent, long received) {}

  /**
   * Whether one has sent more since the last look without being asked anything new: the answer to a
   * question of that time, such as a health check's, is no progress.
   */
  boolean flow(HostReport report) {
    if (!(report instanceof HostReport.Seen seen)) {
      return false;
    }
    Map<Integer, Counts> now = counts(seen);
    boolean flows =
        now.entrySet().stream().anyMatch(each -> grew(before.get(each.getKey()), each.getValue()));
    before = now;
    return flows;
  }

  private static boolean grew(@Nullable Counts old, Counts now) {
    return old != null
        && now.received() == old.received()
        && now.sent() - old.sent() > MORE_THAN_A_PING;
  }

  /** Whether a client seems to wait for a runner that has computed little or nothing since. */
  static boolean waits(HostReport report) {
    return report instanceof HostReport.Seen seen
        && counts(seen).values().stream().anyMatch(each -> each.sent() < AN_ANSWER);
  }

  /** By the other end's port, which tells connections to one runner apart. */
  private static Map<Integer, Counts> counts(HostReport.Seen seen) {
    Set<Integer> ports = runnerPorts(seen.processes());
    Map<Integer, Counts> counts = new HashMap<>();
    for (SocketRow row : seen.sockets()) {
      Long sent = row.bytesSentOrNull();
      Long received = row.bytesReceivedOrNull();
      if (row.state().equals("ESTAB")
          && ports.contains(row.localPort())
          && sent != null
          && received != null) {
        counts.put(row.localPort() << 16 | row.peerPort(), new Counts(sent, received));
      }
    }
    return counts;
  }

  private static Set<Integer> runnerPorts(List<ProcessRow> processes) {
    return processes.stream()
        .filter(row -> row.role() == ProcessRow.Role.RUNNER && row.portOrNull() != null)
        .map(ProcessRow::portOrNull)
        .collect(Collectors.toSet());
  }
}
