package dev.selfheal.exporter;

import dev.selfheal.exporter.Recording.Moment;
import dev.selfheal.exporter.probe.RawSample;
import dev.selfheal.exporter.probe.RawSample.GpuText;
import dev.selfheal.exporter.probe.RawSample.Proc;
import dev.selfheal.exporter.probe.RawSample.Replies;
import dev.selfheal.exporter.probe.RawSample.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes of a recording from a host without a GPU what the same host would have shown with one: the
 * models are on the GPU, and the runner that answers or reads a prompt keeps it busy.
 */
final class GpuSet {
  private static final Pattern PORT = Pattern.compile("--port (\\d+)");
  private static final Pattern SIZE = Pattern.compile("\"size\":(\\d+)");
  private static final Pattern SIZE_VRAM = Pattern.compile("\"size_vram\":\\d+");
  private static final Pattern SENT = Pattern.compile("bytes_sent:(\\d+)");

  private final boolean stalled;
  private final boolean attributed;
  private final Map<String, Long> cpu = new HashMap<>();
  private final Map<String, Map<String, Long>> sent = new HashMap<>();
  private double before;

  private GpuSet(Recording recording) {
    this.stalled = recording.stalled();
    this.attributed = recording.gpuAttributed();
  }

  static Recording of(Recording recording) {
    GpuSet set = new GpuSet(recording);
    List<Moment> moments = new ArrayList<>();
    recording.moments().forEach(moment -> moments.add(set.derived(moment)));
    return recording.with(moments, " on a GPU");
  }

  private Moment derived(Moment moment) {
    RawSample raw = moment.raw();
    double seconds = Math.max(0.5, moment.seconds() - before);
    before = moment.seconds();
    Map<String, Integer> shares = new HashMap<>();
    for (Proc proc : raw.procs().stream().skip(1).toList()) {
      shares.put(pid(proc), works(proc, raw.ss(), seconds) ? 60 + (int) moment.seconds() % 36 : 0);
    }
    Replies api = raw.api();
    return new Moment(
        moment.seconds(),
        new RawSample(
            raw.wall(),
            raw.procs(),
            raw.ss(),
            new Replies(api.version(), api.tags(), onGpu(api.ps())),
            raw.log(),
            text(shares)));
  }

  private GpuText text(Map<String, Integer> shares) {
    int most = shares.values().stream().mapToInt(each -> each).max().orElse(0);
    String table = "0, GPU-004f693d, GeForce GTX TITAN X, %d, 7402, 8206, 71.20, 54, P2%n";
    StringBuilder pmon = new StringBuilder("# gpu pid type sm mem enc dec command\n");
    shares.forEach((pid, share) -> pmon.append("0 " + pid + " C " + share + " 0 - - ollama\n"));
    return new GpuText(
        table.formatted(most),
        attributed ? pmon.toString() : null,
        String.join("\n", shares.keySet()));
  }

  /** Bytes flow from it, or a prompt is read: then it uses the CPU, too. */
  private boolean works(Proc proc, String ss, double seconds) {
    String[] stat = proc.stat().substring(proc.stat().lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(stat[11]) + Long.parseLong(stat[12]);
    Long ticksBefore = cpu.put(pid(proc), ticks);
    boolean busy = ticksBefore != null && (ticks - ticksBefore) / seconds > 30;
    Map<String, Long> now = sentBy(proc, ss);
    Map<String, Long> old = sent.put(pid(proc), now);
    boolean flows =
        old != null
            && now.entrySet().stream()
                .anyMatch(each -> each.getValue() - old.getOrDefault(each.getKey(), 0L) > 500);
    return flows || (busy && !stalled);
  }

  private static Map<String, Long> sentBy(Proc proc, String ss) {
    Matcher port = PORT.matcher(proc.cmdline());
    Map<String, Long> bytes = new HashMap<>();
    if (!port.find()) {
      return bytes;
    }
    for (String line : ss.split("\n", -1)) {
      String[] words = line.strip().split("\\s+", -1);
      Matcher sent = SENT.matcher(line);
      if (words.length > 4 && words[3].endsWith(":" + port.group(1)) && sent.find()) {
        bytes.put(words[4], Long.parseLong(sent.group(1)));
      }
    }
    return bytes;
  }

  private static String pid(Proc proc) {
    return proc.stat().substring(0, proc.stat().indexOf(' '));
  }

  private static Reply onGpu(Reply ps) {
    StringBuilder body = new StringBuilder();
    int from = 0;
    Matcher size = SIZE.matcher(ps.body());
    Matcher vram = SIZE_VRAM.matcher(ps.body());
    while (size.find() && vram.find()) {
      body.append(ps.body(), from, vram.start()).append("\"size_vram\":").append(size.group(1));
      from = vram.end();
    }
    body.append(ps.body().substring(from));
    return new Reply(ps.code(), ps.millis(), body.toString(), ps.error());
  }
}
