package dev.selfheal.app;

import dev.selfheal.config.ExporterConfig;
import dev.selfheal.exporter.Probes;
import dev.selfheal.exporter.probe.AmdProbe;
import dev.selfheal.exporter.probe.ApiProbe;
import dev.selfheal.exporter.probe.GpuProbe;
import dev.selfheal.exporter.probe.JournalProbe;
import dev.selfheal.exporter.probe.LocalToolRunner;
import dev.selfheal.exporter.probe.NvidiaProbe;
import dev.selfheal.exporter.probe.Probe;
import dev.selfheal.exporter.probe.ProcessProbe;
import dev.selfheal.exporter.probe.ServeMarks;
import dev.selfheal.exporter.probe.SocketProbe;
import dev.selfheal.exporter.probe.Tape;
import dev.selfheal.exporter.probe.TapedProcesses;
import dev.selfheal.exporter.probe.TapedTools;
import dev.selfheal.exporter.probe.ToolRunner;
import dev.selfheal.exporter.sample.Processes;
import dev.selfheal.exporter.sample.Reading;
import dev.selfheal.ollama.OllamaSession;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** The exporter's probes of this machine. */
final class ExporterProbes {
  private static final Path PROC = Path.of("/proc");
  private static final Path SYS = Path.of("/sys");

  /** For systemctl and ss, which answer in milliseconds. */
  private static final Duration TOOL_LIMIT = Duration.ofSeconds(2);

  private ExporterProbes() {}

  /**
   * All of them.
   *
   * @param port the port of the API
   * @param threads also runs one task that stays, to follow the log
   * @param tape is given the text that they read
   */
  static Probes of(
      ExporterConfig.Ollama ollama, int port, OllamaSession session, Executor threads, Tape tape) {
    ToolRunner tools = taped(new LocalToolRunner(System::nanoTime), tape);
    Probe<Processes> processes =
        taped(new ProcessProbe(marks(ollama), tools, TOOL_LIMIT, PROC, System::nanoTime), tape);
    SocketProbe sockets = new SocketProbe(tools, TOOL_LIMIT, PROC, port);
    GpuProbe gpus = new GpuProbe(NvidiaProbe.with(tools), new AmdProbe(SYS));
    JournalProbe journal =
        new JournalProbe(JournalProbe.follow(ollama.unit()), threads, Clock.systemUTC(), tape);
    Runtime.getRuntime().addShutdownHook(new Thread(journal::close, "journal-end"));
    return new Probes(
        processes::read,
        found -> sockets.read(known(found)),
        new ApiProbe(session, System::nanoTime, ApiProbe.Limits.DEFAULT, tape)::read,
        gpus::read,
        journal::read);
  }

  private static ToolRunner taped(ToolRunner tools, Tape tape) {
    return tape == Tape.NONE ? tools : new TapedTools(tools, tape);
  }

  private static Probe<Processes> taped(Probe<Processes> probe, Tape tape) {
    return tape == Tape.NONE ? probe : new TapedProcesses(probe, PROC, tape);
  }

  private static ServeMarks marks(ExporterConfig.Ollama ollama) {
    String process = ollama.process();
    return new ServeMarks(
        ollama.unit(), process == null ? ServeMarks.OLLAMA_SERVE : Pattern.compile(process));
  }

  /** Without the processes the API's port is still known. */
  private static Processes known(Reading<Processes> found) {
    return found instanceof Reading.Known<Processes> processes
        ? processes.value()
        : new Processes(null, List.of());
  }
}
