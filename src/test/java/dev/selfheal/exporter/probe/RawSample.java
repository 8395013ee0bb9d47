package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.Api;
import dev.selfheal.exporter.sample.Attribution;
import dev.selfheal.exporter.sample.Gpus;
import dev.selfheal.exporter.sample.LoadedModel;
import dev.selfheal.exporter.sample.LogEvent;
import dev.selfheal.exporter.sample.LogEvents;
import dev.selfheal.exporter.sample.ProcessStat;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.RunnerProcess;
import dev.selfheal.exporter.sample.Sample;
import dev.selfheal.ollama.OddBodyException;
import dev.selfheal.ollama.PsBody;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One sample as a host shows it, in the text of its tools. The parsers of the probes make of it
 * what the detector sees.
 *
 * @param procs the server first, then its runners; empty if none runs
 * @param ss of {@code ss -tinHO} and {@code ss -tlnHO}, one after the other
 * @param log new lines of the server's log; null if it cannot be read
 * @param gpu null for a host without one
 */
public record RawSample(
    Instant wall,
    List<Proc> procs,
    String ss,
    Replies api,
    @Nullable List<String> log,
    @Nullable GpuText gpu) {

  /** A process: its command line, and its line of {@code /proc/PID/stat}. */
  public record Proc(String cmdline, String stat) {
    ProcessStat parsed() {
      return ProcStat.parse(stat).orElseThrow();
    }
  }

  /** What the API's routes answer. */
  public record Replies(Reply version, Reply tags, Reply ps) {}

  /**
   * What one route answers.
   *
   * @param code of HTTP; 0 for no answer, -1 if it was not asked
   */
  public record Reply(int code, long millis, String body, String error) {
    public static final Reply NOT_ASKED = new Reply(-1, 0, "", "");
  }

  /**
   * What nvidia-smi prints.
   *
   * @param table of its query
   * @param pmon of {@code nvidia-smi pmon}; null where it is not supported
   * @param apps of its query for the processes that compute
   */
  public record GpuText(String table, @Nullable String pmon, String apps) {}

  /** What the probes make of it. */
  public Sample parsed() {
    return new Sample(
        wall,
        new Reading.Known<>(processes()),
        new Reading.Known<>(SsOutput.parse(ss).sockets()),
        answers(),
        parsedGpu(),
        log == null ? new Reading.Unknown<>("no journal") : new Reading.Known<>(events(log)));
  }

  private Processes processes() {
    if (procs.isEmpty()) {
      return new Processes(null, List.of());
    }
    List<RunnerProcess> runners =
        procs.stream()
            .skip(1)
            .flatMap(
                proc ->
                    RunnerCommandLine.parse(proc.cmdline()).stream()
                        .map(line -> line.process(proc.parsed())))
            .toList();
    return new Processes(procs.get(0).parsed(), runners);
  }

  private Api answers() {
    return new Api(
        answer(api.version(), VersionBody::read),
        answer(api.tags(), RawSample::count),
        answer(api.ps(), RawSample::models));
  }

  private static Integer count(byte[] body) throws OddBodyException {
    TagsBody tags = new TagsBody();
    tags.feed(body);
    return tags.finish();
  }

  private static List<LoadedModel> models(byte[] body) throws OddBodyException {
    return LoadedModels.of(PsBody.read(body));
  }

  private interface Body<T> {
    T read(byte[] body) throws OddBodyException;
  }

  private static <T> Answer<T> answer(Reply reply, Body<T> body) {
    Duration took = Duration.ofMillis(reply.millis());
    try {
      return switch (reply.code()) {
        case -1 -> new Answer.NotAsked<>();
        case 0 ->
            reply.error().contains("Refused")
                ? new Answer.Refused<>(reply.error())
                : new Answer.Silent<>(took);
        case 200 ->
            new Answer.Good<>(body.read(reply.body().getBytes(StandardCharsets.UTF_8)), took);
        default -> new Answer.Odd<>("status " + reply.code());
      };
    } catch (OddBodyException e) {
      return new Answer.Odd<>(Objects.toString(e.getMessage()));
    }
  }

  private Gpus parsedGpu() {
    if (gpu == null) {
      return new Gpus.None();
    }
    NvidiaCsv.Parsed parsed = NvidiaCsv.parse(gpu.table());
    if (parsed instanceof NvidiaCsv.Parsed.Rows rows) {
      return new Gpus.Seen(rows.gpus(), attribution(gpu, rows));
    } else if (parsed instanceof NvidiaCsv.Parsed.Broken broken) {
      return new Gpus.Lost(broken.why());
    }
    return new Gpus.Unreadable(gpu.table());
  }

  private static Attribution attribution(GpuText text, NvidiaCsv.Parsed.Rows rows) {
    return text.pmon() == null
        ? rows.desktopBusy() ? new Attribution.Nobody() : ComputeApps.parse(text.apps())
        : PmonOutput.parse(text.pmon())
            .<Attribution>map(by -> by)
            .orElseGet(Attribution.Nobody::new);
  }

  private static LogEvents events(List<String> lines) {
    List<LogEvent> events = lines.stream().flatMap(line -> LogLine.parse(line).stream()).toList();
    return new LogEvents(events, lines.size());
  }
}
