package dev.selfheal.exporter;

import dev.selfheal.exporter.sample.Connection;
import dev.selfheal.exporter.sample.ConnectionState;
import dev.selfheal.exporter.sample.ProcessStat;
import dev.selfheal.exporter.sample.ProcessState;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.RunnerProcess;
import dev.selfheal.exporter.sample.Sockets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the host's kernel and the server's log say. */
final class HostMetrics {

  private HostMetrics() {}

  static void add(Page page, Families families) {
    addConnections(page, families);
    addProcesses(page, families);
    Totals totals = page.known().totals();
    Families.Family completed =
        families.counter(
            "ollama_requests_completed_total",
            "Requests for inference that the server's log shows as answered.",
            "class");
    if (page.known().logRead()) {
      totals.completed().forEach((name, count) -> completed.add(count, name));
    }
    families
        .counter("ollama_runner_cpu_seconds_total", "CPU time of all runners that ever were.")
        .add(totals.runnerCpu());
  }

  private static void addConnections(Page page, Families families) {
    Families.Family family =
        families.gauge("ollama_http_connections", "Connections of the API's port.", "state");
    if (page.sample().sockets() instanceof Reading.Known<Sockets> sockets) {
      for (ConnectionState state :
          List.of(ConnectionState.ESTABLISHED, ConnectionState.CLOSE_WAIT)) {
        family.add(
            count(sockets.value().connections(), page.about().apiPort(), state), label(state));
      }
    }
  }

  private static long count(List<Connection> connections, int port, ConnectionState state) {
    return connections.stream()
        .filter(each -> each.local().port() == port && each.state() == state)
        .count();
  }

  private static void addProcesses(Page page, Families families) {
    Families.Family family =
        families.gauge(
            "ollama_process_state",
            "How many of these processes are in this state.",
            "process",
            "state");
    if (page.sample().processes() instanceof Reading.Known<Processes> processes) {
      Processes all = processes.value();
      Stream<ProcessStat> runners = all.runners().stream().map(RunnerProcess::stat);
      addStates(family, "serve", Stream.ofNullable(all.serve()).toList());
      addStates(family, "runner", runners.toList());
    }
  }

  private static void addStates(Families.Family family, String name, List<ProcessStat> processes) {
    for (ProcessState state : ProcessState.values()) {
      long count = processes.stream().filter(each -> each.state() == state).count();
      family.add(count, name, label(state));
    }
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
