package dev.selfheal.exporter.simulation;

import dev.selfheal.exporter.probe.LogLine;
import dev.selfheal.exporter.probe.ProbeText;
import dev.selfheal.exporter.probe.ProcStat;
import dev.selfheal.exporter.probe.RunnerCommandLine;
import dev.selfheal.exporter.probe.SocketRows;
import dev.selfheal.exporter.probe.SsOutput;
import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.Api;
import dev.selfheal.exporter.sample.Gpus;
import dev.selfheal.exporter.sample.LoadedModel;
import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.LogEvents;
import dev.selfheal.exporter.sample.ProcessStat;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.RunnerProcess;
import dev.selfheal.exporter.sample.Sample;
import dev.selfheal.exporter.sample.Sockets;
import dev.selfheal.exporter.simulation.RawSample.Body;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes samples of raw text with the exporter's own parsers; the same text is parsed once. */
final class Reader {
  private static final Duration TOOK = Duration.ofMillis(2);
  private final Map<String, Optional<RunnerCommandLine>> commandLines = new HashMap<>();
  private final Map<Long, Map.Entry<String, ProcessStat>> stats = new HashMap<>();
  private final Map<String, String> versions = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, String> blobs = new HashMap<>();
  private final Supplier<Gpus> nvidia = ProbeText.nvidia(new Printer());
  private RawSample.@Nullable Smi printed;
  private String lastPs = "";
  private List<LoadedModel> lastLoaded = List.of();

  private final class Printer implements ProbeText.Printer {
    @Override
    public int status() {
      return printed == null ? 0 : printed.status();
    }

    @Override
    public String list() {
      return printed == null ? "" : printed.list();
    }

    @Override
    public String pmon() {
      return printed == null ? "" : printed.pmon();
    }

    @Override
    public String apps() {
      return printed == null ? "" : printed.apps();
    }
  }

  Sample read(RawSample raw) {
    Reading<Processes> processes = processes(raw.processes());
    printed = raw.gpu();
    return new Sample(
        raw.wall(),
        processes,
        sockets(raw.sockets(), processes),
        new Api(
            answer(raw.version(), text -> versions.computeIfAbsent(text, ProbeText::version)),
            answer(raw.tags(), text -> counts.computeIfAbsent(text, ProbeText::tags)),
            answer(raw.ps(), text -> loaded(text, raw.shows()))),
        printed == null ? new Gpus.None() : nvidia.get(),
        log(raw.log()));
  }

  private Reading<Processes> processes(@Nullable List<RawSample.ProcessText> raw) {
    if (raw == null) {
      return new Reading.Unknown<>("permission denied");
    }
    if (raw.isEmpty()) {
      return new Reading.Known<>(new Processes(null, List.of()));
    }
    List<RunnerProcess> runners = new ArrayList<>();
    for (RawSample.ProcessText process : raw.subList(1, raw.size())) {
      ProcessStat stat = stat(process.stat());
      commandLine(process, stat).ifPresent(line -> runners.add(line.process(stat)));
    }
    return new Reading.Known<>(new Processes(stat(raw.get(0).stat()), runners));
  }

  /** A dead process has no command line any more: the one that it had is remembered. */
  private Optional<RunnerCommandLine> commandLine(RawSample.ProcessText process, ProcessStat stat) {
    String key = process.commandLine().isEmpty() ? "pid " + stat.pid() : process.commandLine();
    Optional<RunnerCommandLine> line = commandLines.computeIfAbsent(key, RunnerCommandLine::parse);
    commandLines.putIfAbsent("pid " + stat.pid(), line);
    return line;
  }

  private ProcessStat stat(String line) {
    long pid = Long.parseLong(line.substring(0, line.indexOf(' ')));
    Map.Entry<String, ProcessStat> before = stats.get(pid);
    if (before != null && before.getKey().equals(line)) {
      return before.getValue();
    }
    ProcessStat stat = ProcStat.parse(line).orElseThrow();
    stats.put(pid, Map.entry(line, stat));
    return stat;
  }

  private static Reading<Sockets> sockets(@Nullable String raw, Reading<Processes> processes) {
    if (raw == null || !(processes instanceof Reading.Known<Processes> known)) {
      return new Reading.Unknown<>("ss failed");
    }
    SocketRows rows = SsOutput.parse(raw);
    if (rows.odd() > 0) {
      throw new AssertionError("rows that were not understood: " + raw);
    }
    Set<Integer> ports = new HashSet<>(Set.of(Ollama.PORT));
    known.value().runners().forEach(runner -> ports.add(runner.port()));
    return new Reading.Known<>(rows.on(ports::contains).sockets());
  }

  private List<LoadedModel> loaded(String text, Map<String, String> shows) {
    if (!text.equals(lastPs)) {
      List<LoadedModel> rows = ProbeText.ps(text);
      lastPs = text;
      lastLoaded = rows.stream().map(this::named).toList();
      if (rows.size() > 1) { // asked now, known in the next round
        rows.forEach(row -> blobs.computeIfAbsent(row.name(), name -> blob(shows, name)));
      }
    } else if (lastLoaded.size() > 1) {
      lastLoaded = lastLoaded.stream().map(this::named).toList();
    }
    return lastLoaded;
  }

  private LoadedModel named(LoadedModel row) {
    return new LoadedModel(
        row.name(),
        row.expiresAt(),
        row.size(),
        row.sizeVram(),
        row.contextLength(),
        blobs.get(row.name()));
  }

  private static String blob(Map<String, String> shows, String name) {
    return ProbeText.show(String.valueOf(shows.get(name))).orElseThrow();
  }

  private static <T> Answer<T> answer(Body body, Function<String, T> sense) {
    if (body.equals(Body.NOT_ASKED)) {
      return new Answer.NotAsked<>();
    }
    if (body.equals(Body.REFUSED)) {
      return new Answer.Refused<>("connection refused");
    }
    return body.code() == 0
        ? new Answer.Silent<>(Duration.ofSeconds(3))
        : new Answer.Good<>(sense.apply(body.text()), TOOK);
  }

  private static Reading<LogEvents> log(@Nullable List<String> lines) {
    if (lines == null) {
      return new Reading.Unknown<>("no journal");
    }
    if (lines.isEmpty()) {
      return new Reading.Known<>(LogEvents.NONE);
    }
    List<LogEvent> events =
        lines.stream().map(LogLine::parse).flatMap(Optional::stream).collect(Collectors.toList());
    return new Reading.Known<>(new LogEvents(events, lines.size()));
  }
}
