package dev.selfheal.exporter.probe;

import dev.selfheal.exporter.sample.Dialect;
import dev.selfheal.exporter.sample.ProcessStat;
import dev.selfheal.exporter.sample.RunnerProcess;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the command line of a runner says. Three forms are known: {@code ollama_llama_server} (to
 * Ollama 0.5.6), {@code ollama runner} (to 0.29, and for some models later), {@code llama-server}
 * (0.30 and later).
 *
 * @param port where it listens, 1 to 65535
 * @param dialect how the server talks to it
 * @param imagesOnCpu whether images are encoded on the CPU
 * @param blob the file name of its weights ({@code sha256-…}); null if it has another name
 */
public record RunnerCommandLine(
    int port, Dialect dialect, boolean imagesOnCpu, @Nullable String blob) {
  private static final String BLOB_PREFIX = "sha256-";

  /**
   * Reads the bytes of {@code /proc/PID/cmdline}, or the same joined with spaces.
   *
   * @return absent if it names no port, so is no runner
   */
  public static Optional<RunnerCommandLine> parse(String text) {
    CommandLine line = CommandLine.parse(text);
    return line.value("--port").flatMap(RunnerCommandLine::port).map(port -> of(line, port));
  }

  /** The runner that has this command line and this state. */
  public RunnerProcess process(ProcessStat stat) {
    return new RunnerProcess(stat, port, dialect, imagesOnCpu, blob);
  }

  private static RunnerCommandLine of(CommandLine line, int port) {
    return new RunnerCommandLine(
        port,
        line.program().startsWith("llama-server") ? Dialect.CONNECTION_PER_CALL : Dialect.POOLED,
        line.has("--no-mmproj-offload"),
        line.value("--model")
            .map(CommandLine::fileName)
            .filter(name -> name.startsWith(BLOB_PREFIX))
            .orElse(null));
  }

  private static Optional<Integer> port(String text) {
    try {
      return Optional.of(Numbers.port(Numbers.natural(text))).filter(port -> port > 0);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
