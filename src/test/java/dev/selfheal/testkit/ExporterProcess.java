package dev.selfheal.testkit;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process of {@code selfheal exporter}, from the jar that is shipped, in a folder of its own. */
public final class ExporterProcess implements RealProgram {
  private static final String JAR = "selfheal.jar";

  private final OwnFolder folder = new OwnFolder("exporter");
  private final RealProcess process;

  /** Starts one that looks at this server each second and records what it sees. */
  public ExporterProcess(URI ollama) {
    folder.write(
        "selfheal.yml",
        """
        exporter:
          interval: 1s
          ollama_url: %s
          textfile: %s
          state: state.json
          unit: selfheal-test-%d.service
        """
            .formatted(ollama, textfile(), ollama.getPort()));
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
                "--record=" + recording()));
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

  /** Stops it in mid-work: it is there, and does nothing. */
  public void freeze() {
    Signals.send("STOP", process.pid());
  }

  /** Lets it go on after {@link #freeze}. */
  public void thaw() {
    Signals.send("CONT", process.pid());
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
