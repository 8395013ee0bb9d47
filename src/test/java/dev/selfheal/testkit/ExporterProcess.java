package dev.selfheal.testkit;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A process of {@code selfheal exporter}, from the jar that is shipped, in a folder of its own. */
public final class ExporterProcess implements RealProgram {
  private static final String JAR = "selfheal.jar";

  private final OwnFolder folder = new OwnFolder("exporter");
  private final RealProcess process;

  /**
   * How one is set up.
   *
   * @param settings more lines of its configuration, under {@code exporter}
   * @param tools a folder of programs that it finds before the machine's own; null for none
   */
  public record Setup(Duration interval, List<String> settings, @Nullable Path tools) {
    public Setup {
      settings = List.copyOf(settings);
    }
  }

  /** Starts one that looks at this server each second and records what it sees. */
  public ExporterProcess(URI ollama) {
    this(ollama, new Setup(Duration.ofSeconds(1), List.of(), null));
  }

  /** Starts one that looks at this server, with the settings of a test. */
  public ExporterProcess(URI ollama, Setup setup) {
    String given =
        """
        exporter:
          interval: %ds
          ollama_url: %s
          textfile: %s
          state: state.json
          unit: selfheal-test-%d.service
        """
            .formatted(setup.interval().toSeconds(), ollama, textfile(), ollama.getPort());
    folder.write("selfheal.yml", given + String.join("", lines(setup.settings())));
    process =
        RealProcess.start(
            "exporter",
            folder.path(),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                Path.of(System.getProperty(JAR, "target/" + JAR)).toAbsolutePath().toString(),
                "exporter",
                "--config.file=" + folder.path().resolve("selfheal.yml"),
                "--record=" + recording()),
            environment(setup.tools()));
  }

  private static List<String> lines(List<String> settings) {
    return settings.stream().map(line -> "  " + line + "\n").toList();
  }

  private static Map<String, String> environment(@Nullable Path tools) {
    return tools == null ? Map.of() : Map.of("PATH", tools + ":" + System.getenv("PATH"));
  }

  /** Where it writes for node_exporter. */
  public Path textfile() {
    return folder.path().resolve("ollama.prom");
  }

  /** Where it records. */
  public Path recording() {
    return folder.path().resolve("host.jsonl.gz");
  }

  /** The last page; empty if there is none yet. */
  public String page() {
    return folder.read("ollama.prom");
  }

  /** What it has started and is still there. */
  public List<ProcessHandle> children() {
    return ProcessHandle.of(process.pid()).stream()
        .flatMap(ProcessHandle::descendants)
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  /** Asks it to end, as a service manager does. */
  public void terminate() {
    process.signal("TERM");
  }

  /** Whether it ends by itself within this time. */
  public boolean endsWithin(Duration limit) {
    return process.endsWithin(limit);
  }

  /** Its exit code, once it has ended. */
  public int exitCode() {
    return process.exitCode();
  }

  @Override
  public String log() {
    return process.log();
  }

  @Override
  public void close() {
    process.close();
    folder.close();
  }
}
