package dev.selfheal.exporter.probe;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** The sockets of a network namespace, as {@code /proc} tells of them. */
final class ProcSockets {
  private final ProcFolder proc;
  private final String folder;

  private ProcSockets(ProcFolder proc, String folder) {
    this.proc = proc;
    this.folder = folder;
  }

  /** Those of the namespace that this process is in. */
  static ProcSockets here(ProcFolder proc) {
    return new ProcSockets(proc, "net/");
  }

  /** Those of the namespace that a process is in. */
  static ProcSockets of(ProcFolder proc, long pid) {
    return new ProcSockets(proc, pid + "/net/");
  }

  /** The rows on these ports, IPv4 and IPv6; absent if there is neither. */
  Optional<SocketRows> rows(IntPredicate ports) {
    return Stream.of("tcp", "tcp6")
        .flatMap(name -> proc.text(folder + name).stream())
        .map(text -> ProcNetTcp.parse(text, ports))
        .reduce(SocketRows::and);
  }

  /** Whether somebody in there listens on this port. */
  boolean listensOn(int port) {
    return rows(own -> own == port).filter(rows -> rows.listensOn(port)).isPresent();
  }

  /** The bytes that went over its loopback. */
  OptionalLong loopbackBytes() {
    Optional<String> text = proc.text(folder + "dev");
    return text.isPresent() ? ProcNetDev.loopbackBytes(text.get()) : OptionalLong.empty();
  }
}
