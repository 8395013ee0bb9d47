package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.Reading;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the server of one Ollama on the host: by its unit, else by its command line. */
final class ServeFinder {
  /** The service of the system that a process belongs to, in {@code /proc/PID/cgroup}. */
  private static final Pattern SERVICE =
      Pattern.compile("(?m):/system\\.slice/(?:.*/)?([^/]+\\.service)$");

  private final ProcFolder proc;
  private final ServeMarks marks;
  private final @Nullable UnitProcess unit;

  ServeFinder(ProcFolder proc, ServeMarks marks, ToolRunner tools, Duration limit) {
    this.proc = proc;
    this.marks = marks;
    this.unit = marks.unit() == null ? null : new UnitProcess(tools, marks.unit(), limit);
  }

  /** Looks everywhere. {@link UnitProcess#NONE} if none runs; unknown if it cannot be told. */
  Reading<Long> find() throws InterruptedException {
    Reading<Long> main = unit == null ? new Reading.Known<>(UnitProcess.NONE) : unit.pid();
    if (main instanceof Reading.Known<Long> known && known.value() != UnitProcess.NONE) {
      return proc.stat(known.value()).isPresent() ? main : unreadable(known.value());
    }
    Reading<Long> byCommandLine = byCommandLine();
    boolean foundNone = byCommandLine.equals(new Reading.Known<>(UnitProcess.NONE));
    return foundNone ? main : byCommandLine;
  }

  private Reading<Long> byCommandLine() {
    List<Long> alike = proc.pids().stream().filter(this::isServe).sorted().toList();
    List<Long> found = alike.stream().filter(pid -> !isChildOfOne(pid, alike)).toList();
    return switch (found.size()) {
      case 0 -> new Reading.Known<>(UnitProcess.NONE);
      case 1 -> new Reading.Known<>(found.get(0));
      default -> new Reading.Unknown<>(several(found));
    };
  }

  private boolean isServe(long pid) {
    return proc.commandLine(pid)
            .map(text -> CommandLine.parse(text).joined())
            .filter(line -> marks.commandLine().matcher(line).find())
            .isPresent()
        && !isOfAnotherUnit(pid);
  }

  /** A runner is the image of its server until it has become a program of its own. */
  private boolean isChildOfOne(long pid, List<Long> alike) {
    return proc.stat(pid).filter(stat -> alike.contains(stat.parent())).isPresent();
  }

  /** Several Ollamas on a host have a unit each; when ours is down, theirs must not be taken. */
  private boolean isOfAnotherUnit(long pid) {
    return unit != null
        && proc.text(pid + "/cgroup")
            .map(SERVICE::matcher)
            .filter(Matcher::find)
            .map(service -> service.group(1))
            .filter(service -> !service.equals(marks.unit()))
            .filter(service -> !service.equals(marks.unit() + ".service"))
            .isPresent();
  }

  private String several(List<Long> found) {
    return found.size()
        + " processes look like the server of Ollama (pids "
        + found.stream().map(String::valueOf).collect(Collectors.joining(", "))
        + "); set exporter.unit, or an exporter.process that matches only one";
  }

  private Reading<Long> unreadable(long pid) {
    return new Reading.Unknown<>(
        "process "
            + pid
            + ", the main process of "
            + marks.unit()
            + ", cannot be read in /proc;"
            + " if this stays, /proc is mounted with hidepid: see proc(5)");
  }
}
