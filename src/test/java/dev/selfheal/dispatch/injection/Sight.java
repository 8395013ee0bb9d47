package dev.selfheal.dispatch.injection;

import dev.selfheal.action.HostClock;
import dev.selfheal.action.HostPage;
import dev.selfheal.action.HostReport;
import dev.selfheal.action.ProcessRow;
import dev.selfheal.action.ProcessRow.Role;
import dev.selfheal.action.SocketRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a fake host's agent says of it. */
final class Sight {
  private static final Instant BOOTED = World.BEGIN.minus(Duration.ofHours(10));
  private static final int PORT = 40_001;

  private final World world;
  private final Server server;

  Sight(Server server) {
    this.world = server.world;
    this.server = server;
  }

  /**
   * A report of now.
   *
   * @param shown whether systemctl answers
   */
  HostReport report(boolean shown) {
    Duration uptime = Duration.between(BOOTED, world.now());
    HostClock clock = new HostClock(world.now().plus(server.clockOffset), uptime, 100, "b");
    boolean bare = !server.hasUnit;
    return new HostReport.Seen(
        bare || world.mishap(0.02) ? null : clock,
        shown && !bare ? properties() : "",
        bare ? List.of() : processes(),
        bare || !server.client ? List.of() : List.of(client()),
        server.exporter && !world.mishap(0.05)
            ? new HostPage.Text(new Page(server).text())
            : new HostPage.Missing("no such file"),
        "",
        server.gpuLost ? List.of("GPU is lost") : List.of(),
        List.of(),
        shown);
  }

  private String properties() {
    return "LoadState=%s\nActiveState=%s\nSubState=x\nInvocationID=%d\nMainPID=%d\n"
        .formatted(server.load, server.active, server.invocation, server.up() ? pid() : 0);
  }

  private long pid() {
    return 1000L + 10L * server.invocation;
  }

  private List<ProcessRow> processes() {
    List<ProcessRow> rows = new ArrayList<>();
    if (server.up()) {
      rows.add(
          new ProcessRow(pid(), 1, 'S', 100, ticks(server.startedAt), 5000, 11434, Role.SERVE));
      char state = server.stuckInKernel ? 'D' : 'R';
      rows.add(
          new ProcessRow(
              pid() + 1, pid(), state, work(), ticks(server.startedAt), 9000, PORT, Role.RUNNER));
    }
    Instant old = server.oldProcess;
    if (old != null) {
      rows.add(new ProcessRow(pid() - 9, 1, 'R', 1, ticks(old), 9000, PORT, Role.RUNNER));
    }
    return rows;
  }

  private static long ticks(Instant at) {
    return Duration.between(BOOTED, at).toMillis() / 10;
  }

  /** What grows while something is computed or loaded. */
  private long work() {
    return ticks(server.frozen() ? server.frozenSince : world.now());
  }

  private SocketRow client() {
    return new SocketRow("ESTAB", 0, 0, PORT, 50_000, server.computes() ? work() : 900L, 77L);
  }
}
