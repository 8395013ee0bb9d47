package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.ProcessStat;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.RunnerProcess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Leaves the text of the processes that a probe has found on a tape. Only theirs: the command lines
 * of others, which are read in a search, may hold secrets.
 */
public final class TapedProcesses implements Probe<Processes> {
  private final Probe<Processes> probe;
  private final ProcFolder proc;
  private final Tape tape;

  /** Each is read once, since reading it may wait for a process that hangs. */
  private final Map<ProcessKey, String> commandLines = new HashMap<>();

  private record ProcessKey(long pid, long startTicks) {}

  /**
   * @param proc {@code /proc}
   */
  public TapedProcesses(Probe<Processes> probe, Path proc, Tape tape) {
    this.probe = probe;
    this.proc = new ProcFolder(proc);
    this.tape = tape;
  }

  @Override
  public Reading<Processes> read() throws InterruptedException {
    Reading<Processes> found = probe.read();
    if (found instanceof Reading.Known<Processes> known && known.value().serve() != null) {
      keep(known.value().serve());
      known.value().runners().stream().map(RunnerProcess::stat).forEach(this::keep);
    }
    return found;
  }

  private void keep(ProcessStat seen) {
    Optional<String> stat =
        proc.text(seen.pid() + "/stat")
            .filter(text -> ProcStat.parse(text).filter(now -> isSame(now, seen)).isPresent());
    stat.ifPresent(text -> tape.process(seen.pid(), commandLine(seen), text.strip()));
  }

  private static boolean isSame(ProcessStat now, ProcessStat seen) {
    return now.startTicks() == seen.startTicks();
  }

  private String commandLine(ProcessStat seen) {
    return commandLines.computeIfAbsent(
        new ProcessKey(seen.pid(), seen.startTicks()),
        key -> CommandLine.parse(proc.commandLine(key.pid()).orElse("")).joined());
  }
}
