package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.ProcessStat;
import dev.selfheal.exporter.sample.RunnerProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The runners of a server. The command line of each is read once: reading it can wait for ever on a
 * process that hangs in its driver, while its state can always be read.
 */
final class Runners {
  private final ProcFolder proc;
  private final Children children;
  private Map<Long, Seen> seen = Map.of();

  Runners(ProcFolder proc) {
    this.proc = proc;
    this.children = new Children(proc);
  }

  /** Those that run now, in the order of their pids. */
  List<RunnerProcess> of(long serve) {
    // The kernel may leave a child out of its list while another one ends.
    Set<Long> candidates = new TreeSet<>(seen.keySet());
    candidates.addAll(children.of(serve));
    Map<Long, Seen> next = new HashMap<>();
    List<RunnerProcess> runners = new ArrayList<>();
    for (long pid : candidates) {
      Optional<Seen> look =
          proc.stat(pid).filter(stat -> stat.parent() == serve).flatMap(this::look);
      look.ifPresent(
          runner -> {
            next.put(pid, runner);
            runners.add(runner.line.process(runner.stat));
          });
    }
    seen = next;
    return runners;
  }

  private Optional<Seen> look(ProcessStat stat) {
    Seen before = seen.get(stat.pid());
    return before != null && before.stat.startTicks() == stat.startTicks()
        ? Optional.of(new Seen(stat, before.line))
        : proc.commandLine(stat.pid())
            .flatMap(RunnerCommandLine::parse)
            .map(line -> new Seen(stat, line));
  }

  private record Seen(ProcessStat stat, RunnerCommandLine line) {}
}
