package dev.selfheal.exporter.simulation;

import dev.selfheal.exporter.simulation.Call.Phase;
import dev.selfheal.exporter.simulation.RawSample.Body;
import dev.selfheal.exporter.simulation.Runner.Mode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the text of everything that a host shows. */
final class Look {
  private static final Instant NEVER = Instant.parse("2318-03-05T01:02:03.5Z");
  private static final String TAIL =
      " 18446744073709551615 94836086562816 94836086566913 140737182844800 0 0 0 0 4096 16386 0 0 0"
          + " 17 0 0 0 0 0 0 94319630426112 94319630428256 94320244408320 140731480435992"
          + " 140731480436378 140731480436378 140731480436687 0";
  private static final int TAGS_EVERY = 12;

  private final Host host;
  private final Screen screen;
  private final Map<String, String> shows;
  private int round;
  private boolean wasSilent;

  Look(Host host) {
    this.host = host;
    this.screen = new Screen(host);
    this.shows =
        host.kind.models().stream()
            .collect(java.util.stream.Collectors.toMap(Model::name, Look::show));
  }

  RawSample take() {
    Ollama ollama = host.ollama;
    if (ollama != null) {
      ollama.runners.forEach(each -> each.settle(host.now()));
      progressLines(ollama);
    }
    boolean counting = wasSilent || round++ % TAGS_EVERY == 0;
    Body version = body(ollama, false);
    Body ps = body(ollama, true);
    wasSilent = version.code() == 0 || ps.code() == 0;
    return new RawSample(
        Instant.ofEpochMilli(host.wall()),
        host.chance.in(0.001) ? null : processes(ollama),
        host.chance.in(0.001) ? null : sockets(ollama),
        version.code() == 200 ? new Body(200, version()) : version,
        counting ? tags(version) : Body.NOT_ASKED,
        ps.code() == 200 && ollama != null ? new Body(200, list(ollama)) : ps,
        shows,
        screen.print(),
        log());
  }

  private @Nullable List<String> log() {
    if (host.kind.journal() && host.chance.in(0.0005)) {
      host.note("the journal cannot be read");
      host.journalFailures++;
      return null;
    }
    return host.kind.journal() ? host.log.take() : null;
  }

  private String version() {
    return host.kind.pooled() ? "{\"version\":\"0.24.0\"}" : "{\"version\":\"0.32.15\"}";
  }

  private Body body(@Nullable Ollama ollama, boolean ps) {
    if (ollama == null) {
      return Body.REFUSED;
    }
    if (ollama.stopped || host.chance.in(0.0005)) {
      return Body.SILENT;
    }
    return ps && host.now() < ollama.listBlockedUntil ? Body.SILENT : new Body(200, "");
  }

  private Body tags(Body version) {
    return version.code() == 200
        ? new Body(200, "{\"models\":[{\"name\":\"a\"},{\"name\":\"b\"}]}")
        : version;
  }

  private void progressLines(Ollama ollama) {
    if (!host.kind.lines()) {
      return;
    }
    for (Runner runner : ollama.runners) {
      for (Call call : runner.active) {
        if (runner.mode == Mode.HEALTHY
            && call.phase == Phase.GENERATE
            && call.wish.generate() > 3_000) {
          host.log.generated(100);
        }
      }
      storm(runner);
    }
  }

  private void storm(Runner runner) {
    Storm storm = runner.storm;
    if (storm != null && runner.stormBlows()) {
      host.log.answered(200, 90, storm.path());
      host.log.finished();
    }
  }

  private List<RawSample.ProcessText> processes(@Nullable Ollama ollama) {
    List<RawSample.ProcessText> found = new ArrayList<>();
    if (ollama == null) {
      return found;
    }
    String name = "(ollama)";
    found.add(
        new RawSample.ProcessText(
            "/usr/local/bin/ollama serve",
            stat(host.servePid, name, ollama.stopped ? 'T' : 'S', 1, 40, host.serveStart, 9_000)));
    for (Runner runner : ollama.runners) {
      found.add(process(runner));
    }
    return found;
  }

  private RawSample.ProcessText process(Runner runner) {
    boolean pooled = host.kind.pooled();
    long pages = (long) (20_000 + runner.loaded * runner.model.size() / 32_768);
    return new RawSample.ProcessText(
        runner.mode == Mode.ZOMBIE ? "" : runner.commandLine,
        stat(
            runner.pid,
            pooled ? "(ollama)" : "(llama-server)",
            runner.state(host.chance, host.now()),
            host.servePid,
            runner.cpuTicks(),
            runner.startTicks,
            runner.mode == Mode.ZOMBIE ? 0 : pages));
  }

  private static String stat(
      long pid, String name, char state, long parent, long ticks, long start, long pages) {
    return pid
        + " "
        + name
        + " "
        + state
        + " "
        + parent
        + " 31812 1437 0 -1 4194304 81228 0 6 0 "
        + ticks
        + " 0 0 0 20 0 10 0 "
        + start
        + " 952868864 "
        + pages
        + TAIL;
  }

  private String sockets(@Nullable Ollama ollama) {
    StringBuilder out = new StringBuilder(2_000);
    if (ollama == null) {
      return "";
    }
    long now = host.now();
    for (Socket socket : ollama.clients) {
      socket.write(out, now);
    }
    for (Runner runner : ollama.runners) {
      stormClients(runner, out, now);
    }
    own(ollama, out, now);
    out.append("LISTEN ").append(ollama.backlog).append("      4096   127.0.0.1:11434 0.0.0.0:*\n");
    for (Runner runner : ollama.runners) {
      runnerRows(runner, out, now);
    }
    return out.toString();
  }

  /** Of many short calls each look catches others, and not each time. */
  private void stormClients(Runner runner, StringBuilder out, long now) {
    Storm storm = runner.storm;
    if (storm == null || runner.loading || !host.chance.in(Math.min(1, storm.cores()))) {
      return;
    }
    for (int i = 0; i < (storm.overlapping() ? 3 : 1); i++) {
      long began = now - host.chance.between(0, (long) (2_000 / storm.perSecond()));
      Socket client = new Socket(Ollama.PORT, host.peer(), began);
      client.received = 218;
      client.write(out, now);
    }
  }

  private void runnerRows(Runner runner, StringBuilder out, long now) {
    if (runner.mode == Mode.ZOMBIE) {
      return;
    }
    for (Socket socket : runner.sockets) {
      socket.write(out, now);
    }
    Storm storm = runner.storm;
    if (storm != null && runner.stormBlows() && !host.kind.pooled()) {
      Socket caught = storm.caught(host.chance, runner.port, now);
      if (caught != null) {
        caught.write(out, now);
      }
    }
    out.append("LISTEN ").append(runner.backlog);
    out.append("      512    127.0.0.1:").append(runner.port).append(" 0.0.0.0:*\n");
  }

  /** The exporter's connection shows too. */
  private void own(Ollama ollama, StringBuilder out, long now) {
    Socket own = ollama.exporter;
    if (ollama.stopped || now < ollama.listBlockedUntil) {
      if (own.lastReceived <= own.lastSent) {
        own.receive(120, now);
      }
    } else {
      own.receive(120, now);
      own.send(900, now);
    }
    own.write(out, now);
  }

  private String list(Ollama ollama) {
    StringBuilder out = new StringBuilder("{\"models\":[");
    List<Runner> listed = new ArrayList<>(ollama.runners);
    listed.removeIf(each -> each.loading && !host.kind.pooled());
    listed.addAll(ollama.ghosts);
    for (int i = 0; i < listed.size(); i++) {
      row(listed.get(i), out.append(i == 0 ? "" : ","));
    }
    return out.append("]}").toString();
  }

  private void row(Runner runner, StringBuilder out) {
    Model model = runner.model;
    out.append("{\"name\":\"").append(model.name()).append("\",\"model\":\"").append(model.name());
    out.append("\",\"size\":").append(model.size()).append(",\"digest\":\"").append(model.digest());
    out.append("\",\"details\":{\"parent_model\":\"\",\"format\":\"gguf\",\"family\":\"llama\"");
    out.append("},\"expires_at\":\"").append(expires(runner)).append('"');
    if (model.vram() > 0) {
      out.append(",\"size_vram\":").append(model.sizeVram());
    }
    out.append(",\"context_length\":4096}");
  }

  private Instant expires(Runner runner) {
    Storm storm = runner.storm;
    if (storm != null && !storm.overlapping() && runner.stormBlows()) {
      runner.everIdle = true;
      runner.expires =
          host.kind.keepAlive() < 0
              ? Long.MAX_VALUE
              : host.wall() + host.kind.keepAlive() - host.chance.between(0, 900);
    }
    if (!runner.everIdle) {
      long left = host.kind.keepAlive();
      return left < 0 ? NEVER.plusMillis(host.now()) : Instant.ofEpochMilli(host.wall() + left);
    }
    return runner.expires == Long.MAX_VALUE ? NEVER : Instant.ofEpochMilli(runner.expires);
  }

  private static String show(Model model) {
    return "{\"modelfile\":\"# Modelfile\\nFROM /usr/share/ollama/.ollama/models/blobs/"
        + model.blob()
        + "\\n\"}";
  }
}
