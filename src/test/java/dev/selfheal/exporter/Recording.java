package dev.selfheal.exporter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.selfheal.exporter.probe.RawSample;
import dev.selfheal.exporter.probe.RawSample.GpuText;
import dev.selfheal.exporter.probe.RawSample.Proc;
import dev.selfheal.exporter.probe.RawSample.Replies;
import dev.selfheal.exporter.probe.RawSample.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A recorded sequence: what a host showed, sample by sample, and what the detector must say of it.
 *
 * @param judged whether it is known what the detector must say
 * @param kind the reason it must name; empty if healthy
 * @param within seconds until it must be beyond its threshold, on the GPU
 * @param gpuAttributed whether the GPU's readings are given process by process
 */
record Recording(
    String name,
    int apiPort,
    boolean judged,
    boolean stalled,
    String kind,
    int within,
    boolean gpuAttributed,
    List<Moment> moments) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * One sample.
   *
   * @param seconds since the first
   */
  record Moment(double seconds, RawSample raw) {}

  static Recording read(Path file) {
    try (BufferedReader lines = open(file)) {
      JsonNode header = JSON.readTree(lines.readLine());
      List<Moment> moments = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        moments.add(moment(JSON.readTree(line)));
      }
      return new Recording(
          header.path("ollama").asText() + " " + header.path("name").asText(),
          header.path("api_port").asInt(),
          !header.path("expect").asText().equals("unknown"),
          header.path("expect").asText().equals("stalled"),
          header.path("kind").asText(""),
          header.path("within_s").asInt(),
          header.path("gpu_attributed").asBoolean(),
          moments);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the recording " + file, e);
    }
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return new BufferedReader(
        new InputStreamReader(
            file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in,
            StandardCharsets.UTF_8));
  }

  /** Samples 1, 6, 11 …; the log of those in between goes to the next one kept. */
  Recording thinned() {
    List<Moment> kept = new ArrayList<>();
    List<String> log = new ArrayList<>();
    for (int i = 0; i < moments.size(); i++) {
      Moment moment = moments.get(i);
      if (moment.raw().log() != null) {
        log.addAll(moment.raw().log());
      }
      if (i % 5 == 0) {
        RawSample raw = moment.raw();
        kept.add(
            new Moment(
                moment.seconds(),
                new RawSample(
                    raw.wall(), raw.procs(), raw.ss(), raw.api(), List.copyOf(log), raw.gpu())));
        log.clear();
      }
    }
    return new Recording(
        name + " thinned", apiPort, judged, stalled, kind, within + 10, gpuAttributed, kept);
  }

  Recording with(List<Moment> others, String suffix) {
    return new Recording(
        name + suffix, apiPort, judged, stalled, kind, within, gpuAttributed, others);
  }

  double length() {
    return moments.get(moments.size() - 1).seconds();
  }

  private static Moment moment(JsonNode line) {
    List<Proc> procs = new ArrayList<>();
    line.path("procs")
        .forEach(
            proc -> procs.add(new Proc(proc.path("cmdline").asText(), proc.path("stat").asText())));
    List<String> log = new ArrayList<>();
    line.path("log").forEach(text -> log.add(text.asText()));
    JsonNode api = line.path("api");
    return new Moment(
        line.path("t").asDouble(),
        new RawSample(
            Instant.parse(line.path("wall").asText()),
            procs,
            line.path("ss").asText() + "\n" + line.path("listen").asText(),
            new Replies(reply(api.path("version")), reply(api.path("tags")), reply(api.path("ps"))),
            line.has("log") ? log : null,
            gpu(line)));
  }

  private static @Nullable GpuText gpu(JsonNode line) {
    return line.has("nvidia")
        ? new GpuText(
            line.path("nvidia").asText(),
            line.has("pmon") ? line.path("pmon").asText() : null,
            line.path("apps").asText(""))
        : null;
  }

  private static Reply reply(JsonNode route) {
    return route.isMissingNode()
        ? Reply.NOT_ASKED
        : new Reply(
            route.path("code").asInt(),
            Math.round(route.path("ms").asDouble()),
            route.path("body").asText(""),
            route.path("error").asText(""));
  }
}
