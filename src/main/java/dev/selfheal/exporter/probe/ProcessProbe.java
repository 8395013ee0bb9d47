package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.ProcessStat;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the processes of one Ollama. Where the server is, is asked only when it is not where it
 * was: in each round of the first minute, since a restart takes seconds, then once a minute.
 */
public final class ProcessProbe implements Probe<Processes> {
  private static final long SEARCH_NANOS = Duration.ofMinutes(1).toNanos();

  private final ProcFolder proc;
  private final ServeFinder finder;
  private final Runners runners;
  private final LongSupplier nanoTime;

  private @Nullable ProcessStat serve;
  private boolean searching;
  private long lostAt;
  private long lookedAt;
  private Reading<Long> found = new Reading.Known<>(UnitProcess.NONE);

  /**
   * @param tools runs {@code systemctl}
   * @param limit for {@code systemctl}
   * @param proc {@code /proc}
   * @param nanoTime a clock that only ever goes forward, in nanoseconds
   */
  public ProcessProbe(
      ServeMarks marks, ToolRunner tools, Duration limit, Path proc, LongSupplier nanoTime) {
    this.proc = new ProcFolder(proc);
    this.finder = new ServeFinder(this.proc, marks, tools, limit);
    this.runners = new Runners(this.proc);
    this.nanoTime = nanoTime;
  }

  @Override
  public Reading<Processes> read() throws InterruptedException {
    ProcessStat stat = here().orElse(null);
    if (stat == null) {
      stat = search().orElse(null);
    }
    searching = stat == null;
    serve = stat;
    if (stat != null) {
      return new Reading.Known<>(new Processes(stat, runners.of(stat.pid())));
    }
    return found instanceof Reading.Unknown<Long> unknown
        ? new Reading.Unknown<>(unknown.why())
        : new Reading.Known<>(new Processes(null, List.of()));
  }

  /** The server, if it is still the process that it was. */
  private Optional<ProcessStat> here() {
    ProcessStat before = serve;
    return before == null
        ? Optional.empty()
        : proc.stat(before.pid()).filter(now -> now.startTicks() == before.startTicks());
  }

  /** The server, if a search is due and finds it. */
  private Optional<ProcessStat> search() throws InterruptedException {
    long now = nanoTime.getAsLong();
    if (!searching) {
      searching = true;
      lostAt = now;
    } else if (now - lostAt >= SEARCH_NANOS && now - lookedAt < SEARCH_NANOS) {
      return Optional.empty();
    }
    lookedAt = now;
    found = finder.find();
    return found instanceof Reading.Known<Long> pid && pid.value() != UnitProcess.NONE
        ? proc.stat(pid.value())
        : Optional.empty();
  }
}
