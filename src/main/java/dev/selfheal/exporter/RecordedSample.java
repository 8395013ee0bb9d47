package dev.selfheal.exporter;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.selfheal.exporter.probe.Reel;
import dev.selfheal.exporter.probe.SocketText;
import dev.selfheal.exporter.sample.Answer;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.exporter.sample.Sample;
import dev.selfheal.exporter.sample.Sockets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the lines of a recording: one for each sample. What was not read is left out. */
final class RecordedSample {

  /** Stands for an answer that is no HTTP; a server never sends it. */
  private static final int NO_HTTP = 599;

  private static final List<String> GPU = List.of("nvidia", "pmon", "apps");

  private final JsonMapper json;
  private final SocketText sockets = new SocketText();

  RecordedSample(JsonMapper json) {
    this.json = json;
  }

  /**
   * @param millis since the first sample
   */
  ObjectNode line(Sample sample, Reel.Round round, long millis) {
    ObjectNode line = json.createObjectNode();
    line.put("t", millis / 1e3).put("wall", sample.wall().toString());
    if (sample.processes() instanceof Reading.Known) {
      addProcesses(line.putArray("procs"), round.processes());
    }
    if (sample.sockets() instanceof Reading.Known<Sockets> known) {
      addSockets(line, known.value(), round.outputs().get("ss"));
    }
    ObjectNode api = line.putObject("api");
    addAnswer(api, "version", sample.api().version(), round);
    addAnswer(api, "tags", sample.api().installed(), round);
    addAnswer(api, "ps", sample.api().loaded(), round);
    if (sample.log() instanceof Reading.Known) {
      round.log().forEach(line.putArray("log")::add);
    }
    GPU.stream()
        .filter(round.outputs()::containsKey)
        .forEach(name -> line.put(name, round.outputs().get(name)));
    return line;
  }

  private static void addProcesses(ArrayNode into, List<Reel.Proc> processes) {
    for (Reel.Proc each : processes) {
      into.addObject()
          .put("pid", each.pid())
          .put("cmdline", each.commandLine())
          .put("stat", each.stat());
    }
  }

  /** In a container, and without {@code ss}, there is no such text: rows without traffic then. */
  private void addSockets(ObjectNode line, Sockets found, @Nullable String ss) {
    boolean listening = true;
    if (ss != null && found.counted()) {
      line.put("ss", sockets.rows(ss, !listening)).put("listen", sockets.rows(ss, listening));
    } else {
      line.put("ss", sockets.rows(found, !listening)).put("listen", sockets.rows(found, listening));
    }
  }

  private static void addAnswer(ObjectNode api, String route, Answer<?> answer, Reel.Round round) {
    Reel.Heard heard = round.heard().get(route);
    if (answer instanceof Answer.Good<?> good && heard != null) {
      given(api.putObject(route), heard, good.took());
    } else if (answer instanceof Answer.Odd<?> odd) {
      ObjectNode node = api.putObject(route);
      if (heard == null) {
        node.put("code", NO_HTTP).put("ms", 0).put("error", odd.why());
      } else {
        given(node, heard, Duration.ZERO);
      }
    } else if (answer instanceof Answer.Refused<?> refused) {
      api.putObject(route).put("code", 0).put("ms", 0).put("error", "Refused: " + refused.why());
    } else if (answer instanceof Answer.Silent<?> silent) {
      api.putObject(route).put("code", 0).put("ms", silent.after().toMillis()).put("error", "none");
    }
  }

  private static void given(ObjectNode node, Reel.Heard heard, Duration took) {
    node.put("code", heard.status()).put("ms", took.toMillis()).put("body", heard.body());
  }
}
