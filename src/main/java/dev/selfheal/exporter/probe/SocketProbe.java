package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.ProcessStat;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.RunnerProcess;
import dev.selfheal.exporter.sample.Sockets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the sockets on the ports of one Ollama: with one call of {@code ss}, where that is
 * missing in {@code /proc/net}, and for an Ollama in a container in {@code /proc/PID/net}.
 */
public final class SocketProbe {
  private final HostSockets host;
  private final ProcFolder proc;
  private final int apiPort;

  /** The server that was found to have a network of its own. */
  private @Nullable ServeKey contained;

  /**
   * @param tools runs {@code ss}
   * @param limit for {@code ss}
   * @param proc {@code /proc}
   * @param apiPort where the server listens, as its clients on this host see it
   */
  public SocketProbe(ToolRunner tools, Duration limit, Path proc, int apiPort) {
    this.proc = new ProcFolder(proc);
    this.host = new HostSockets(tools, limit, this.proc);
    this.apiPort = apiPort;
  }

  /**
   * Looks once.
   *
   * @param processes what was seen of the processes just before; none, if that is unknown
   * @throws InterruptedException if the thread is interrupted; nothing is left running then
   */
  public Reading<Sockets> read(Processes processes) throws InterruptedException {
    ProcessStat serve = processes.serve();
    if (serve != null && ServeKey.of(serve).equals(contained)) {
      return inside(serve, processes);
    }
    Reading<SocketRows> rows = host.on(ports(processes));
    if (!(rows instanceof Reading.Known<SocketRows> known)) {
      return new Reading.Unknown<>(((Reading.Unknown<SocketRows>) rows).why());
    }
    if (serve != null && processes.runners().stream().anyMatch(r -> isApart(r, known.value()))) {
      contained = ServeKey.of(serve);
      return inside(serve, processes);
    }
    return new Reading.Known<>(known.value().sockets());
  }

  /** A runner that has only just begun listens nowhere yet, or here since a moment ago. */
  private boolean isApart(RunnerProcess runner, SocketRows here) {
    return !here.listensOn(runner.port())
        && ProcSockets.of(proc, runner.stat().pid()).listensOn(runner.port())
        && !ProcSockets.here(proc).listensOn(runner.port());
  }

  private Reading<Sockets> inside(ProcessStat serve, Processes processes)
      throws InterruptedException {
    ProcSockets own = ProcSockets.of(proc, serve.pid());
    Optional<SocketRows> rows = own.rows(ports(processes)::contains);
    if (rows.isEmpty()) {
      return new Reading.Unknown<>("/proc/" + serve.pid() + "/net/tcp cannot be read");
    }
    OptionalLong loopback = own.loopbackBytes();
    Long bytes = loopback.isPresent() ? loopback.getAsLong() : null;
    if (rows.get().listensOn(apiPort)) {
      return new Reading.Known<>(contained(rows.get(), bytes));
    }
    // The container's port is published under another number, so its clients are seen from here.
    Reading<SocketRows> api = host.on(Set.of(apiPort));
    return api instanceof Reading.Known<SocketRows> known
        ? new Reading.Known<>(
            contained(rows.get().on(port -> port != apiPort).and(known.value()), bytes))
        : new Reading.Unknown<>(((Reading.Unknown<SocketRows>) api).why());
  }

  private static Sockets contained(SocketRows rows, @Nullable Long loopbackBytes) {
    return new Sockets(rows.connections(), rows.listeners(), /* counted= */ false, loopbackBytes);
  }

  private Set<Integer> ports(Processes processes) {
    Set<Integer> ports = new HashSet<>(Set.of(apiPort));
    processes.runners().forEach(runner -> ports.add(runner.port()));
    return ports;
  }

  private record ServeKey(long pid, long startTicks) {
    static ServeKey of(ProcessStat serve) {
      return new ServeKey(serve.pid(), serve.startTicks());
    }
  }
}
