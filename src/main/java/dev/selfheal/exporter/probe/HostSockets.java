package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The sockets of this host's own network: from {@code ss}, or without traffic from /proc/net. */
final class HostSockets {
  private final ToolRunner tools;
  private final Duration limit;
  private final ProcSockets fallback;

  HostSockets(ToolRunner tools, Duration limit, ProcFolder proc) {
    this.tools = tools;
    this.limit = limit;
    this.fallback = ProcSockets.here(proc);
  }

  /** The rows on these ports; unknown if {@code ss} hangs. */
  Reading<SocketRows> on(Set<Integer> ports) throws InterruptedException {
    ToolResult result = tools.run(argv(ports), limit);
    if (result instanceof ToolResult.Ended ended && ended.good()) {
      SocketRows rows = SsOutput.parse(ended.output()).on(ports::contains);
      if (rows.odd() == 0 || !rows.connections().isEmpty() || !rows.listeners().isEmpty()) {
        return new Reading.Known<>(rows);
      }
    }
    boolean mayHelp = result instanceof ToolResult.Ended || result instanceof ToolResult.Missing;
    Optional<SocketRows> rows = mayHelp ? fallback.rows(ports::contains) : Optional.empty();
    return rows.<Reading<SocketRows>>map(Reading.Known::new)
        .orElseGet(() -> new Reading.Unknown<>("ss " + result.why()));
  }

  /**
   * One call for connections and listeners: starting a program costs more than what it does. The
   * kernel leaves out what waits for its time to be over, thousands of rows on a busy port.
   */
  private static List<String> argv(Set<Integer> ports) {
    String filter =
        ports.stream().sorted().map(port -> "sport = :" + port).collect(Collectors.joining(" or "));
    return List.of("ss", "-tainHO", "exclude", "time-wait", filter);
  }
}
