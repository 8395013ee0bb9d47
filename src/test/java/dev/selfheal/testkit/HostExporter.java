package dev.selfheal.testkit;

import java.nio.file.Path;
import java.util.List;

/**
 * A process of {@code selfheal exporter}, from the jar that is shipped, as on a GPU host: it finds
 * the host's tools first on its path.
 */
public final class HostExporter implements RealProgram {
  private static final String JAR = "selfheal.jar";

  private final OwnFolder folder = new OwnFolder("host-exporter");
  private final RealProcess process;

  /**
   * Starts one and does not wait.
   *
   * @param tools a folder with {@code nvidia-smi}, {@code systemctl} and {@code journalctl}
   * @param config the text of its configuration file
   */
  public HostExporter(Path tools, String config) {
    folder.write("selfheal.yml", config);
    process =
        RealProcess.start(
            "exporter",
            folder.path(),
            List.of(
                "env",
                "PATH=" + tools + ":" + System.getenv("PATH"),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                Path.of(System.getProperty(JAR, "target/" + JAR)).toAbsolutePath().toString(),
                "exporter",
                "--config.file=" + folder.path().resolve("selfheal.yml")));
  }

  /** Kills it with SIGKILL. */
  public void kill() {
    process.kill();
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
